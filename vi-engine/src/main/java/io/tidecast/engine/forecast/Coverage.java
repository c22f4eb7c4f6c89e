package io.tidecast.engine.forecast;

import io.tidecast.engine.state.StateReader;
import io.tidecast.engine.state.StateWriter;

/** How often the truth fell into each band so far, over all lead times. */
final class Coverage {
  private static final int BANDS = 4;

  private final long[] inside;
  private long scored;

  Coverage() {
    this(new long[BANDS], 0);
  }

  private Coverage(long[] inside, long scored) {
    this.inside = inside;
    this.scored = scored;
  }

  void add(ScoreSheet scores) {
    for (int band = 0; band < BANDS; band++) {
      for (boolean hit : scores.insideOf(band)) {
        inside[band] += hit ? 1 : 0;
        scored += band == 0 ? 1 : 0;
      }
    }
  }

  /** Observed coverage of a band, 0 for 50 %, 1 for 80 %, 2 for 90 %, 3 for 95 %. */
  double of(int band) {
    return scored == 0 ? Double.NaN : (double) inside[band] / scored;
  }

  StateWriter save() {
    return new StateWriter("coverage", 1).putLongs("inside", inside).putLong("scored", scored);
  }

  static Coverage restored(StateReader in) {
    return new Coverage(in.getLongs("inside"), in.getLong("scored"));
  }
}
