/**
 * The compute device: DJL PyTorch opened once, TorchScript written by us, native memory counted.
 */
@NullMarked
package io.tidecast.engine.device;

import org.jspecify.annotations.NullMarked;
