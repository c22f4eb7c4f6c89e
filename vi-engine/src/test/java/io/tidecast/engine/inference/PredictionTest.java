package io.tidecast.engine.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.device.DeviceChoice;
import io.tidecast.engine.network.Likelihood;
import io.tidecast.engine.network.Mlp;
import io.tidecast.engine.network.NetworkSpec;
import io.tidecast.engine.network.ParameterBlock;
import io.tidecast.engine.predict.Predictive;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Predictions draw the sums of the layers; their law must be that of outputs whose weights are
 * drawn.
 */
class PredictionTest {
  private static final int DRAWS = 20_000;
  private static final int ROWS = 2;
  private static final int OUTPUTS = 2 * Streams.TARGETS;

  @ParameterizedTest
  @ValueSource(
      strings = {"linear", "mlp(hidden=6)", "mlp(hidden=6x5)", "mlp(hidden=6x5, skip=none)"})
  void sums_of_layers_have_the_law_that_drawn_weights_give_them(String text) {
    Mlp mlp = (Mlp) NetworkSpec.parse(text);
    try (ComputeDevice device = ComputeDevice.open(DeviceChoice.CPU, false);
        BayesianNetwork network = learned(device, mlp)) {
      float[] x = Streams.batch(99, ROWS).x();
      Predictive predicted = network.predict(x, ROWS);
      double[][] drawn = drawn(network, mlp, x);
      for (int row = 0; row < ROWS; row++) {
        for (int target = 0; target < Streams.TARGETS; target++) {
          double[] expected = drawn[row * OUTPUTS + target];
          double[] found = locations(predicted, row, target);
          double sd = Math.sqrt(covariance(expected, expected));
          assertThat(mean(found)).isCloseTo(mean(expected), within(.05 * sd));
          assertThat(Math.sqrt(covariance(found, found))).isCloseTo(sd, within(.04 * sd));
          double[] scales = drawn[row * OUTPUTS + Streams.TARGETS + target];
          double squares = 0;
          for (double logScale : scales) {
            squares += Math.exp(2 * Math.min(Math.max(logScale, -6), 3)) / scales.length;
          }
          assertThat(predicted.meanSquaredScale(row, target))
              .isCloseTo(squares, within(.05 * squares));
        }
        double together = covariance(drawn[row * OUTPUTS], drawn[row * OUTPUTS + 1]);
        double bound = Math.sqrt(covariance(drawn[row * OUTPUTS], drawn[row * OUTPUTS]));
        bound *= Math.sqrt(covariance(drawn[row * OUTPUTS + 1], drawn[row * OUTPUTS + 1]));
        assertThat(covariance(locations(predicted, row, 0), locations(predicted, row, 1)))
            .as("targets of a row hang together")
            .isCloseTo(together, within(.04 * bound));
      }
    }
  }

  private static BayesianNetwork learned(ComputeDevice device, Mlp mlp) {
    LearningSettings settings = LearningSettings.defaults().withPredictionDraws(DRAWS);
    BayesianNetwork network =
        BayesianNetwork.create(
            device, mlp, Likelihood.studentT(), settings, Streams.INPUTS, Streams.TARGETS, 3);
    for (int i = 0; i < 60; i++) {
      network.learn(Streams.batch(i, 16));
    }
    return network;
  }

  /** Outputs of forward passes in double precision, [ROWS * OUTPUTS] times [DRAWS]. */
  private static double[][] drawn(BayesianNetwork network, Mlp mlp, float[] x) {
    List<ParameterBlock> blocks = mlp.parameters(Streams.INPUTS, OUTPUTS, Streams.TARGETS);
    float[] mean = network.weightMeans();
    float[] precision = network.weightPrecisions();
    Random random = new Random(11);
    double[][] outputs = new double[ROWS * OUTPUTS][DRAWS];
    double[] theta = new double[mean.length];
    for (int draw = 0; draw < DRAWS; draw++) {
      for (int i = 0; i < theta.length; i++) {
        theta[i] = mean[i] + random.nextGaussian() / Math.sqrt(precision[i]);
      }
      for (int row = 0; row < ROWS; row++) {
        double[] out = forward(blocks, mlp, theta, x, row * Streams.INPUTS);
        for (int k = 0; k < OUTPUTS; k++) {
          outputs[row * OUTPUTS + k][draw] = out[k];
        }
      }
    }
    return outputs;
  }

  private static double[] forward(
      List<ParameterBlock> blocks, Mlp mlp, double[] theta, float[] x, int at) {
    double[] first = new double[Streams.INPUTS];
    for (int i = 0; i < first.length; i++) {
      first[i] = x[at + i];
    }
    double[] h = first;
    int from = 0;
    for (int layer = 0; layer <= mlp.hidden().size(); layer++) {
      int width = blocks.get(2 * layer + 1).columns();
      double[] sums = new double[width];
      System.arraycopy(theta, from + h.length * width, sums, 0, width);
      multiply(h, theta, from, width, sums);
      from += (h.length + 1) * width;
      for (int j = 0; j < width && layer < mlp.hidden().size(); j++) {
        sums[j] = Math.max(sums[j], 0);
      }
      h = sums;
    }
    if (from < theta.length) {
      multiply(first, theta, from, Streams.TARGETS, h);
    }
    return h;
  }

  private static void multiply(double[] h, double[] theta, int from, int width, double[] sums) {
    for (int i = 0; i < h.length; i++) {
      for (int j = 0; j < width; j++) {
        sums[j] += h[i] * theta[from + i * width + j];
      }
    }
  }

  private static double[] locations(Predictive predicted, int row, int target) {
    double[] locations = new double[DRAWS];
    for (int draw = 0; draw < DRAWS; draw++) {
      locations[draw] = predicted.parameters()[0][(draw * ROWS + row) * Streams.TARGETS + target];
    }
    return locations;
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double covariance(double[] a, double[] b) {
    double meanA = mean(a);
    double meanB = mean(b);
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - meanA) * (b[i] - meanB);
    }
    return sum / a.length;
  }
}
