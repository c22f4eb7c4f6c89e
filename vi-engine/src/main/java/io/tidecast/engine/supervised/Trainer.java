package io.tidecast.engine.supervised;

import io.tidecast.engine.inference.MiniBatch;
import io.tidecast.engine.supervised.SupervisedSettings.Training;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Chooses what the network learns from after a mini-batch: the fresh rows once, the rest of each
 * step replayed at random from the newest labelled rows.
 */
final class Trainer {
  private final Training training;
  private final InputLayout layout;
  private final RunningScale scale;
  private final ImageShift shift;
  private final long seed;

  Trainer(SupervisedSettings settings, InputLayout layout, RunningScale scale) {
    training = settings.training();
    this.layout = layout;
    this.scale = scale;
    this.seed = settings.seed();
    shift = new ImageShift(settings.inputs().shape(), training.shift());
  }

  /**
   * Learns.
   *
   * @param fresh rows of the replay buffer, its newest, that were not learned from yet; at least 1
   * @param window newest rows that may be replayed
   * @param cut number of the mini-batch, which the random choice is a function of
   */
  void learn(
      ReplayBuffer replay, int fresh, int window, long cut, TaskModel task, SampleNetwork network) {
    int rows = training.rows();
    int waiting = Math.min(fresh, replay.size());
    int reach = Math.max(waiting, Math.min(window, replay.size()));
    long due = Math.round((double) training.updates() * fresh / training.batchSize());
    long steps = Math.max(Math.max(1, due), (waiting + rows - 1) / rows);
    Random random = new Random(seed * 0x9E3779B97F4A7C15L + cut * 0xD1B54A32D192ED03L);
    float[] mask = new float[rows];
    Arrays.fill(mask, 1);
    for (long step = 0; step < steps; step++) {
      int taken = Math.min(rows, waiting);
      float[] x = new float[rows * layout.width()];
      float[] y = new float[rows];
      for (int i = 0; i < rows; i++) {
        boolean isFresh = i < taken;
        int back = isFresh ? waiting - 1 - i : random.nextInt(reach);
        float[] row = replay.row(back);
        layout.scale(isFresh ? row : shift.apply(row, random), scale, x, i * layout.width());
        y[i] = (float) task.code(replay.label(back));
      }
      waiting -= taken;
      network.learn(new MiniBatch(x, y, mask, rows, taken));
    }
  }

  /** Inputs of some rows [rows, width]. */
  float[] inputs(List<OpenSample> samples) {
    float[] x = new float[samples.size() * layout.width()];
    for (int i = 0; i < samples.size(); i++) {
      layout.scale(samples.get(i).row(), scale, x, i * layout.width());
    }
    return x;
  }
}
