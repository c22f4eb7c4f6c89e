package io.tidecast.app.stream;

import io.tidecast.engine.inference.PosteriorSummary;
import java.util.Optional;

/** Counts as a learner's processor would. */
public final class GaugeFeeder {
  private GaugeFeeder() {}

  public static void feed(TaskGauges gauges, int accepted, String reason, int refused) {
    for (int i = 0; i < accepted; i++) {
      gauges.accepted(new TaskGauges.Task("", 0), Optional.empty());
    }
    for (int i = 0; i < refused; i++) {
      gauges.refused(new TaskGauges.Task("", 0), Optional.empty(), reason);
    }
    learner(gauges, "", accepted);
  }

  /** A learner of partition 0; the forecaster's model has no name. */
  public static void learner(TaskGauges gauges, String model, int accepted) {
    gauges.learner(
        new TaskGauges.Task(model, 0),
        new LearnerFigures(
            0,
            accepted,
            4_096,
            65_536,
            Optional.of(
                new PosteriorSummary(
                    "mlp(hidden=64)", 9_000, 12, 30, 62, 2e4, 4, 1e-3, .01, .02, .03, .4))));
  }
}
