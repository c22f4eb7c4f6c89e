package io.tidecast.app.stream;

/**
 * A learner as it was rebuilt.
 *
 * @param inputs inputs learned since it began, each once
 * @param replayed those of them that came from the journal, not from the snapshot
 * @param stateHash hash over its whole state
 */
public record RestoredLearner(long inputs, long replayed, String stateHash) {}
