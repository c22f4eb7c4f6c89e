/** Test-then-train on labelled tables, and the UCI regression benchmark. */
@NullMarked
package io.tidecast.bench.supervised;

import org.jspecify.annotations.NullMarked;
