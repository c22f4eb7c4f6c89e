/** Service processes under measurement, and what they have still to learn. */
@NullMarked
package io.tidecast.bench.cluster;

import org.jspecify.annotations.NullMarked;
