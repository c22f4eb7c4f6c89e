package io.tidecast.engine.supervised;

import io.tidecast.engine.state.StateReader;
import io.tidecast.engine.state.StateWriter;
import io.tidecast.engine.state.UnreadableStateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What has come in since the last cut, in order. */
final class OpenBatch {
  /**
   * One thing to do at the cut.
   *
   * @param label null to predict the sample, else the label to learn
   */
  record Event(OpenSample sample, @Nullable Double label) {}

  private final List<Event> events = new ArrayList<>();
  private int inputs;
  private long cuts;

  void add(OpenSample sample, boolean isNew, @Nullable Double label) {
    if (isNew) {
      events.add(new Event(sample, null));
    }
    if (label != null) {
      events.add(new Event(sample, label));
    }
    inputs++;
  }

  boolean isEmpty() {
    return events.isEmpty();
  }

  int inputs() {
    return inputs;
  }

  /** Number of cuts so far. */
  long cuts() {
    return cuts;
  }

  List<Event> events() {
    return events;
  }

  List<Event> cut() {
    List<Event> done = List.copyOf(events);
    events.clear();
    inputs = 0;
    cuts++;
    return done;
  }

  void saveTo(StateWriter out) {
    out.putLong("batch.cuts", cuts)
        .putInt("batch.inputs", inputs)
        .putLongs("batch.samples", events.stream().mapToLong(e -> e.sample().number()).toArray())
        .putDoubles("batch.labels", events.stream().mapToDouble(OpenBatch::label).toArray());
  }

  private static double label(Event event) {
    Double label = event.label();
    return label == null ? Double.NaN : label;
  }

  void restore(StateReader in, Map<Long, OpenSample> samples) {
    cuts = in.getLong("batch.cuts");
    inputs = in.getInt("batch.inputs");
    long[] numbers = in.getLongs("batch.samples");
    double[] labels = in.getDoubles("batch.labels");
    for (int i = 0; i < numbers.length; i++) {
      OpenSample sample = samples.get(numbers[i]);
      if (sample == null) {
        throw new UnreadableStateException(
            "the state lacks sample %d of the open mini-batch".formatted(numbers[i]));
      }
      events.add(new Event(sample, Double.isNaN(labels[i]) ? null : labels[i]));
    }
  }
}
