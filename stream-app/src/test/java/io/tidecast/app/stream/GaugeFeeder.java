package io.tidecast.app.stream;

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
  }
}
