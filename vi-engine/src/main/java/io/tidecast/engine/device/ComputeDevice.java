package io.tidecast.engine.device;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one device that a process computes on.
 *
 * <p>Opening loads the native libraries (a second or two the first time) and says in one log line
 * what was found. Learners take turns by a {@link Lease}. Thread-safe.
 */
public final class ComputeDevice implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ComputeDevice.class);

  private final Device device;
  private final PtNDManager root;
  private final String description;
  private final ReentrantLock turn = new ReentrantLock(true);
  private final AtomicLong totalWait = new AtomicLong();
  private final Set<TensorScope> scopes = ConcurrentHashMap.newKeySet();

  private ComputeDevice(Device device, PtNDManager root, String description) {
    this.device = device;
    this.root = root;
    this.description = description;
  }

  /** Opens with one PyTorch thread, which is reproducible and fastest for small networks. */
  public static ComputeDevice open(DeviceChoice choice, boolean requireGpu) {
    return open(choice, requireGpu, 1);
  }

  /**
   * Opens the device.
   *
   * @param choice which device; {@link DeviceChoice#GPU} never falls back
   * @param requireGpu refuse to start without a GPU, whatever the choice
   * @param threads PyTorch threads within one operation; process-wide. The same number gives the
   *     same bits.
   * @throws IllegalStateException if a GPU is wanted and there is none that these natives can use
   */
  public static ComputeDevice open(DeviceChoice choice, boolean requireGpu, int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads: expected at least 1, got " + threads);
    }
    Engine engine = Engine.getEngine("PyTorch");
    JniUtils.setNumThreads(threads);
    int gpus = engine.getGpuCount();
    boolean wantGpu = requireGpu || choice == DeviceChoice.GPU;
    if (wantGpu && (gpus == 0 || choice == DeviceChoice.CPU)) {
      throw new IllegalStateException(
          choice == DeviceChoice.CPU
              ? "a GPU is required, but the device is set to 'cpu'; set it to 'gpu' or 'auto'"
              : "a GPU is required, but PyTorch "
                  + engine.getVersion()
                  + " finds none; check the driver and that this is a build with CUDA natives"
                  + " (mvn -Pcuda), or set the device to 'cpu'");
    }
    Device device = choice == DeviceChoice.CPU || gpus == 0 ? Device.cpu() : Device.gpu();
    String description =
        "device %s, PyTorch %s, DJL %s, %d thread%s, Java %s, %s/%s"
            .formatted(
                device.isGpu() ? "gpu" : "cpu",
                engine.getVersion(),
                Engine.getDjlVersion(),
                threads,
                threads == 1 ? "" : "s",
                System.getProperty("java.version"),
                System.getProperty("os.name"),
                System.getProperty("os.arch"));
    LOG.info("{}", description);
    PtNDManager root = (PtNDManager) engine.newBaseManager(device);
    return new ComputeDevice(device, root, description);
  }

  /** Device and library versions, in one line. */
  public String description() {
    return description;
  }

  public boolean isGpu() {
    return device.isGpu();
  }

  /**
   * Waits for this thread's turn to compute. A thread that already holds the lease gets it again at
   * once. First come, first served.
   */
  public Lease lease() {
    long before = System.nanoTime();
    if (!turn.tryLock()) {
      turn.lock();
    }
    long waited = System.nanoTime() - before;
    totalWait.addAndGet(waited);
    return new Lease() {
      @Override
      public long waitedNanos() {
        return waited;
      }

      @Override
      public void close() {
        turn.unlock();
      }
    };
  }

  /** Time that all threads together have waited for a lease, nanoseconds. */
  public long totalWaitNanos() {
    return totalWait.get();
  }

  /**
   * Loads what PyTorch loads at first use (script compiler, matrix kernels), so that the first real
   * step is not held up by a second or so.
   */
  public void warmUp() {
    String script =
        """
        def ready(self: __torch__.Script, x: Tensor) -> Tensor:
          return torch.matmul(x, x)
        """;
    try (Lease lease = lease();
        TensorScope scope = newScope();
        ScriptModule module = ScriptModule.compile(scope, script)) {
      for (int run = 0; run < 3; run++) {
        module.tensors(scope, "ready", scope.full(1, 2, 2));
      }
    }
  }

  /** Native arrays alive in all open scopes. */
  public int liveArrays() {
    return scopes.stream().mapToInt(TensorScope::liveArrays).sum();
  }

  /** A new scope on this device; to be closed by the caller. */
  public TensorScope newScope() {
    TensorScope scope = new TensorScope(this, (PtNDManager) root.newSubManager());
    scopes.add(scope);
    return scope;
  }

  PtNDManager hostManager(PtNDManager manager) {
    return device.isGpu() ? manager.newSubManager(Device.cpu()) : manager;
  }

  void closed(TensorScope scope) {
    scopes.remove(scope);
  }

  /** Frees every array of every scope. The native libraries stay loaded. */
  @Override
  public void close() {
    scopes.clear();
    root.close();
  }
}
