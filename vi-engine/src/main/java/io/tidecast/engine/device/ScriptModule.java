package io.tidecast.engine.device;

import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * TorchScript methods that run natively: a whole step in one call instead of one call per
 * operation. Not thread-safe; call under a {@link Lease}.
 */
public final class ScriptModule implements AutoCloseable {
  private final PtSymbolBlock block;

  private ScriptModule(PtSymbolBlock block) {
    this.block = block;
  }

  /**
   * Compiles methods.
   *
   * @param source TorchScript {@code def}s at indentation 0, with {@code self: __torch__.Script} as
   *     their first parameter
   * @throws ai.djl.engine.EngineException with PyTorch's message if they do not compile
   */
  public static ScriptModule compile(TensorScope scope, String source) {
    byte[] archive = ScriptArchive.of(source);
    try {
      boolean mapToCpu = !scope.torchDevice().isGpu();
      return new ScriptModule(
          JniUtils.loadModule(scope.manager(), new ByteArrayInputStream(archive), mapToCpu, false));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs a method without recording gradients.
   *
   * @param arguments {@link PtNDArray}, {@link Long}, {@link Double}, an array {@code PtNDArray[]},
   *     {@code long[]} or {@code double[]} for a list, or what {@link #pin} made of one of these
   * @return the tensors that the method returns, owned by {@code scope}
   */
  public NDList tensors(TensorScope scope, String method, Object... arguments) {
    try (IValue result = run(method, arguments)) {
      return result.toNDList(scope.manager());
    }
  }

  /** Like {@link #tensors}, in an array, as an argument for other methods. */
  public PtNDArray[] arrays(TensorScope scope, String method, Object... arguments) {
    return tensors(scope, method, arguments).stream()
        .map(PtNDArray.class::cast)
        .toArray(PtNDArray[]::new);
  }

  /** Like {@link #tensors}, for a method that returns a list of floats. */
  public double[] numbers(String method, Object... arguments) {
    try (IValue result = run(method, arguments)) {
      return result.toDoubleArray();
    }
  }

  /**
   * Runs a method while recording gradients. PyTorch's recording mode belongs to the thread and is
   * set back afterwards.
   *
   * @return the tensor that the method returns, owned by {@code scope}
   */
  public PtNDArray record(TensorScope scope, String method, PtNDArray... arguments) {
    NDList list = new NDList(arguments);
    PtNDArray name = scope.zeros(1);
    name.setName("module_method:" + method);
    list.add(name);
    boolean before = JniUtils.isGradMode();
    JniUtils.setGradMode(true);
    // PyTorch rewrites a graph after its first runs, which changes roundings: off, so that a
    // network
    // restored in a new process has the bits of one that has run for days
    JniUtils.setGraphExecutorOptimize(false);
    try {
      PtNDArray result = (PtNDArray) IValueUtils.forward(block, list, true).singletonOrThrow();
      result.attach(scope.manager());
      return result;
    } finally {
      JniUtils.setGraphExecutorOptimize(true);
      JniUtils.setGradMode(before);
    }
  }

  /** An argument that stays the same from call to call; handing it over again costs nothing. */
  public static final class Pinned implements AutoCloseable {
    private final IValue value;

    private Pinned(IValue value) {
      this.value = value;
    }

    @Override
    public void close() {
      value.close();
    }
  }

  /**
   * Keeps an argument ready for many calls. The tensors in it stay those that they are; what is in
   * them may change.
   *
   * @param argument as in {@link #tensors}
   */
  public static Pinned pin(Object argument) {
    return new Pinned(value(argument));
  }

  private IValue run(String method, Object... arguments) {
    IValue[] values = new IValue[arguments.length];
    try {
      for (int i = 0; i < values.length; i++) {
        values[i] = arguments[i] instanceof Pinned pinned ? pinned.value : value(arguments[i]);
      }
      return IValueUtils.runMethod(block, method, values);
    } finally {
      for (int i = 0; i < values.length; i++) {
        if (values[i] != null && !(arguments[i] instanceof Pinned)) {
          values[i].close();
        }
      }
    }
  }

  private static IValue value(Object argument) {
    if (argument instanceof PtNDArray tensor) {
      return IValue.from(tensor);
    } else if (argument instanceof Long number) {
      return IValue.from(number.longValue());
    } else if (argument instanceof Double number) {
      return IValue.from(number.doubleValue());
    } else if (argument instanceof PtNDArray[] list) {
      return IValue.listFrom(list);
    } else if (argument instanceof long[] list) {
      return IValue.listFrom(list);
    } else if (argument instanceof double[] list) {
      return IValue.listFrom(list);
    }
    throw new IllegalArgumentException("no TorchScript value for " + argument.getClass());
  }

  @Override
  public void close() {
    block.close();
  }
}
