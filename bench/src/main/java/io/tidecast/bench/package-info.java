/** Benchmarks and evaluations; nothing depends on this. */
@NullMarked
package io.tidecast.bench;

import org.jspecify.annotations.NullMarked;
