/** Inference methods compared on the same network, data, order and number of gradients. */
@NullMarked
package io.tidecast.bench.inference;

import org.jspecify.annotations.NullMarked;
