/** Posterior families: what is known about the weights, how it is drawn from and how it moves. */
@NullMarked
package io.tidecast.engine.posterior;

import org.jspecify.annotations.NullMarked;
