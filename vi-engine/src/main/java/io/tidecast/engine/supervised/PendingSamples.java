package io.tidecast.engine.supervised;

import io.tidecast.engine.state.StateReader;
import io.tidecast.engine.state.StateWriter;
import io.tidecast.engine.state.UnreadableStateException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Samples that wait for their label, oldest first, and the ids that had theirs. */
final class PendingSamples {
  private static final String KIND = "pending-samples";

  /** A sample's name: sample ids are unique within their stream only. */
  record Key(String streamId, String sampleId) {}

  private final SupervisedSettings.Pending bounds;
  private final Map<Key, OpenSample> waiting = new LinkedHashMap<>();
  private final Set<Long> labelled = new LinkedHashSet<>();
  private long newest;
  private long expired;

  PendingSamples(SupervisedSettings.Pending bounds) {
    this.bounds = bounds;
  }

  /** The waiting sample of this name, unless its time is over. */
  @Nullable OpenSample find(String streamId, String sampleId) {
    OpenSample sample = waiting.get(new Key(streamId, sampleId));
    return sample == null || isOver(sample) ? null : sample;
  }

  boolean wasLabelled(String streamId, String sampleId) {
    return labelled.contains(hash(streamId, sampleId));
  }

  void add(OpenSample sample) {
    waiting.put(new Key(sample.streamId(), sample.sampleId()), sample);
    if (waiting.size() > bounds.samples()) {
      Iterator<OpenSample> oldest = waiting.values().iterator();
      oldest.next();
      oldest.remove();
      expired++;
    }
  }

  /** Ends the waiting of a sample and remembers that it has a label. */
  void label(String streamId, String sampleId) {
    waiting.remove(new Key(streamId, sampleId));
    labelled.add(hash(streamId, sampleId));
    if (labelled.size() > bounds.samples()) {
      Iterator<Long> oldest = labelled.iterator();
      oldest.next();
      oldest.remove();
    }
  }

  /** Moves the time of the samples on and drops those whose time is over. */
  void advance(long timestamp) {
    if (timestamp <= newest) {
      return;
    }
    newest = timestamp;
    Iterator<OpenSample> oldest = waiting.values().iterator();
    while (oldest.hasNext() && isOver(oldest.next())) {
      oldest.remove();
      expired++;
    }
  }

  private boolean isOver(OpenSample sample) {
    return newest - sample.timestamp() > bounds.age().toMillis();
  }

  Iterable<OpenSample> all() {
    return waiting.values();
  }

  int size() {
    return waiting.size();
  }

  /** Samples dropped without a label so far. */
  long expired() {
    return expired;
  }

  /** Names of 2^-64 chance to be mistaken, at an eighth of the size of the names themselves. */
  private static long hash(String streamId, String sampleId) {
    long h = 0xcbf29ce484222325L;
    for (String part : new String[] {streamId, "\0", sampleId}) {
      for (int i = 0; i < part.length(); i++) {
        h = (h ^ part.charAt(i)) * 0x100000001b3L;
        h ^= h >>> 29;
      }
    }
    return h;
  }

  StateWriter save() {
    return new StateWriter(KIND, 1)
        .putLong("newest", newest)
        .putLong("expired", expired)
        .putLongs("waiting", waiting.values().stream().mapToLong(OpenSample::number).toArray())
        .putLongs("labelled", labelled.stream().mapToLong(Long::longValue).toArray());
  }

  /**
   * @param samples the samples of the snapshot by number
   */
  void restore(StateReader parent, String name, Map<Long, OpenSample> samples) {
    StateReader in = parent.getState(name, KIND, 1);
    newest = in.getLong("newest");
    expired = in.getLong("expired");
    for (long number : in.getLongs("waiting")) {
      OpenSample sample = samples.get(number);
      if (sample == null) {
        throw new UnreadableStateException(
            "the state lacks sample %d, which waits for its label".formatted(number));
      }
      waiting.put(new Key(sample.streamId(), sample.sampleId()), sample);
    }
    for (long hash : in.getLongs("labelled")) {
      labelled.add(hash);
    }
  }
}
