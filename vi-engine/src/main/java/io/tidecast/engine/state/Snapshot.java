package io.tidecast.engine.state;

import java.util.Map;
import java.util.Set;

/**
 * The part of a learner's state that changed since its last snapshot.
 *
 * @param changed entries to write, by name; names are stable (e.g. {@code posterior}, {@code
 *     series/pump-7})
 * @param removed names of entries that are no longer part of the state
 */
public record Snapshot(Map<String, byte[]> changed, Set<String> removed) {
  public Snapshot {
    changed = Map.copyOf(changed);
    removed = Set.copyOf(removed);
  }
}
