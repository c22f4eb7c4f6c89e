package io.tidecast.engine.forecast;

import io.tidecast.engine.inference.MiniBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * Chooses what the network learns from when a mini-batch of observations was cut: in a first step
 * the newest origins, whose labels are coming in one by one, and as many of the past; in a second
 * step origins of the past only. A partly revealed origin is masked, never left out.
 */
final class Replay {
  private static final int STEPS = 2;
  private static final int RECENT = 8;
  private static final int SINGLE = 16;
  private static final int LARGEST = 128;

  private final FeatureLayout layout;
  private final CounterRandom random;
  private final TrainingBatch rows;

  Replay(FeatureLayout layout, CounterRandom random) {
    this.layout = layout;
    this.random = random;
    rows = new TrainingBatch(LARGEST, layout.size(), layout.horizon());
  }

  /**
   * The mini-batches of a cut, in order.
   *
   * @param fresh series with a new step, not empty
   * @param all series that can be replayed, not empty
   */
  List<MiniBatch> batches(List<SeriesState> fresh, List<SeriesState> all) {
    int size = Math.min(SINGLE * ((fresh.size() + 1) / 2), LARGEST);
    List<MiniBatch> batches = new ArrayList<>(STEPS);
    for (int step = 0; step < STEPS; step++) {
      rows.clear();
      int recent = step == 0 ? size / 2 : 0;
      for (int i = 0; i < recent; i++) {
        addRecent(fresh.get(i % fresh.size()), i / fresh.size(), fresh.size());
      }
      while (rows.rows() < size) {
        addReplayed(all.get(random.below(all.size())));
      }
      batches.add(rows.toMiniBatch());
    }
    return batches;
  }

  /** The i-th of 8 origins, spaced quadratically over the horizon. */
  private void addRecent(SeriesState series, int i, int seriesCount) {
    int which = seriesCount == 1 ? i : random.below(RECENT);
    double share = (which + 1.0) / RECENT;
    long back = Math.max(1, Math.round(layout.horizon() * share * share));
    History history = series.model().history();
    long slot = Math.max(history.last() - back, history.first());
    rows.add(series, slot);
  }

  private void addReplayed(SeriesState series) {
    History history = series.model().history();
    long first = history.first() + series.model().unsettled();
    int span = (int) Math.max(history.last() - first, 1);
    long slot = Math.min(first + random.below(span), history.last());
    rows.add(series, slot);
  }
}
