/** Time of a learning step and of a prediction, against PyTorch and against the floor. */
@NullMarked
package io.tidecast.bench.speed;

import org.jspecify.annotations.NullMarked;
