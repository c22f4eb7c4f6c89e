package io.tidecast.engine.device;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Owns native arrays: whatever was created in a scope is freed when it closes. One long-lived scope
 * holds a posterior; one short scope per step holds what the step makes.
 */
public final class TensorScope implements AutoCloseable {
  private static final int ALIGNMENT = 64;

  private final ComputeDevice device;
  private final PtNDManager manager;

  TensorScope(ComputeDevice device, PtNDManager manager) {
    this.device = device;
    this.manager = manager;
  }

  public PtNDManager manager() {
    return manager;
  }

  /**
   * A copy of these numbers in memory that PyTorch allocated, hence aligned the same every time.
   */
  public PtNDArray of(float[] values, long... shape) {
    try (NDArray raw = manager.create(values, new Shape(shape))) {
      return (PtNDArray) raw.duplicate();
    }
  }

  /** A copy of an array of any scope, owned by this one. */
  public PtNDArray copy(PtNDArray array) {
    PtNDArray copy = (PtNDArray) array.duplicate();
    copy.attach(manager);
    return copy;
  }

  public PtNDArray zeros(long... shape) {
    return (PtNDArray) manager.zeros(new Shape(shape), DataType.FLOAT32);
  }

  public PtNDArray full(float value, long... shape) {
    return (PtNDArray) manager.full(new Shape(shape), value, DataType.FLOAT32);
  }

  /** A number without axes. */
  public PtNDArray scalar(float value) {
    return (PtNDArray) manager.create(value);
  }

  /** A host buffer and the CPU array that shares its memory. */
  public record Staging(FloatBuffer buffer, PtNDArray array) {}

  /**
   * Room in host memory which Java fills and PyTorch reads without a copy in between. Aligned as
   * PyTorch aligns its own, so that kernels take the same path, and give the same bits, everywhere.
   */
  public Staging staging(long... shape) {
    int bytes = Math.toIntExact(4 * new Shape(shape).size());
    ByteBuffer buffer =
        ByteBuffer.allocateDirect(bytes + 2 * ALIGNMENT)
            .alignedSlice(ALIGNMENT)
            .slice(0, bytes)
            .order(ByteOrder.nativeOrder());
    PtNDManager host = device.hostManager(manager);
    return new Staging(
        buffer.asFloatBuffer(), host.create(buffer, new Shape(shape), DataType.FLOAT32));
  }

  public Device torchDevice() {
    return manager.getDevice();
  }

  /** Native arrays alive in this scope. */
  public int liveArrays() {
    return manager.getManagedArrays().size();
  }

  @Override
  public void close() {
    device.closed(this);
    manager.close();
  }
}
