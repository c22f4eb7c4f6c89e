package io.tidecast.bench.speed;

import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.device.DeviceChoice;
import io.tidecast.engine.inference.BayesianNetwork;
import io.tidecast.engine.inference.LearningSettings;
import io.tidecast.engine.inference.MiniBatch;
import io.tidecast.engine.inference.StepReport;
import io.tidecast.engine.predict.Predictive;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A learning step and a prediction. */
public class NetworkBenchmarks {
  static final int PREDICTION_DRAWS = 16;

  /** A network and a batch. JMH fills the fields and calls {@code open} before it measures. */
  @State(Scope.Thread)
  @SuppressWarnings("NullAway.Init")
  public abstract static class Network {
    @Param("96:64:56:2")
    public String point;

    @Param("CPU")
    public DeviceChoice device;

    private ComputeDevice opened;
    BayesianNetwork network;
    MiniBatch rows;

    abstract LearningSettings settings(Point at);

    abstract int rows(Point at);

    @Setup
    public void open() {
      Point at = Point.parse(point);
      opened = ComputeDevice.open(device, device == DeviceChoice.GPU);
      network = at.network(opened, settings(at));
      rows = at.rows(rows(at));
    }

    @TearDown
    public void close() {
      network.close();
      opened.close();
    }
  }

  /** To learn from. */
  public static class Learning extends Network {
    @Override
    LearningSettings settings(Point at) {
      return LearningSettings.defaults().withDraws(at.draws());
    }

    @Override
    int rows(Point at) {
      return at.batch();
    }
  }

  /** To predict a batch by 16 draws. */
  public static class Predicting extends Network {
    @Override
    LearningSettings settings(Point at) {
      return LearningSettings.defaults().withPredictionDraws(PREDICTION_DRAWS);
    }

    @Override
    int rows(Point at) {
      return at.batch();
    }
  }

  @Benchmark
  public StepReport learn(Learning at) {
    return at.network.learn(at.rows);
  }

  @Benchmark
  public Predictive predict(Predicting at) {
    return at.network.predict(at.rows.x(), at.rows.rows());
  }
}
