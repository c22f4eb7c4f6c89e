package io.tidecast.engine.supervised;

import io.tidecast.engine.state.StateReader;
import io.tidecast.engine.state.StateWriter;

/** What is kept of one stream. */
final class StreamState {
  private static final String KIND = "stream";
  static final String PREFIX = "stream/";

  private final String id;
  private final LabelHistory history;
  private boolean changed = true;

  StreamState(String id, SupervisedSettings settings) {
    this.id = id;
    history = new LabelHistory(settings.inputs(), settings.task());
  }

  String id() {
    return id;
  }

  LabelHistory history() {
    return history;
  }

  boolean isChanged() {
    return changed;
  }

  void setChanged(boolean changed) {
    this.changed = changed;
  }

  byte[] save() {
    return history.save(new StateWriter(KIND, 1).putString("id", id)).toBytes();
  }

  static StreamState restored(byte[] bytes, SupervisedSettings settings) {
    StateReader in = new StateReader(KIND, 1, bytes);
    StreamState stream = new StreamState(in.getString("id"), settings);
    stream.history.restore(in);
    stream.changed = false;
    return stream;
  }
}
