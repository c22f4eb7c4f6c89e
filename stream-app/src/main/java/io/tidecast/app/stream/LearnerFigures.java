package io.tidecast.app.stream;

import io.tidecast.engine.inference.PosteriorSummary;
import java.util.Optional;

/**
 * A learner of this process in a few figures, as of about a second ago.
 *
 * @param partition that it learns from
 * @param inputs accepted in its whole life, cuts by the timer among them
 * @param journalBytes bytes that a restart would learn again
 * @param snapshotBytes about how many bytes its next snapshot takes
 * @param posterior of its network; empty before there is one
 */
public record LearnerFigures(
    int partition,
    long inputs,
    long journalBytes,
    long snapshotBytes,
    Optional<PosteriorSummary> posterior) {}
