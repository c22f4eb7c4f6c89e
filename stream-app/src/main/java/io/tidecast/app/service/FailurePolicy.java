package io.tidecast.app.service;

import io.tidecast.engine.state.UnreadableStateException;
import java.io.IOException;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.apache.kafka.streams.errors.TaskMigratedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a stream thread that failed. What time can heal (brokers or registry away, a full
 * disk, a task that has moved) is tried again by a fresh thread, for as long as it takes. What
 * needs a person (a missing right, wrong credentials, unreadable state, a record too large), or a
 * new start (a damaged local copy of the state), stops the service at once, with the reason.
 * Anything else is a fault of ours: it is tried again a few times, and stops the service when
 * nothing was learned in between.
 */
final class FailurePolicy implements StreamsUncaughtExceptionHandler {
  static final int ATTEMPTS_WITHOUT_PROGRESS = 5;

  private static final Logger log = LoggerFactory.getLogger(FailurePolicy.class);
  private static final long LONGEST_PAUSE_MILLIS = 5_000;
  private static final long FIRST_PAUSE_MILLIS = 100;

  private final LeastPrivileges rights;
  private final LocalState localState;
  private final LongSupplier progress;
  private long progressBefore = -1;
  private int attempts;
  private volatile @Nullable String reasonToStop;

  /**
   * A policy.
   *
   * @param progress a figure that grows with each record learned
   */
  FailurePolicy(LeastPrivileges rights, LocalState localState, LongSupplier progress) {
    this.rights = rights;
    this.localState = localState;
    this.progress = progress;
  }

  /** Why the service was stopped, if it was. */
  Optional<String> reasonToStop() {
    return Optional.ofNullable(reasonToStop);
  }

  @Override
  public synchronized StreamThreadExceptionResponse handle(Throwable e) {
    Optional<String> reason = needsAPerson(e);
    if (reason.isEmpty() && LocalState.isDamaged(e)) {
      localState.condemn();
      reason =
          Optional.of(
              "the local copy of the state is damaged (%s): start again, it is then rebuilt from Kafka"
                  .formatted(root(e)));
    }
    if (reason.isEmpty()) {
      countAttempt();
      if (!heals(e) && attempts >= ATTEMPTS_WITHOUT_PROGRESS) {
        reason =
            Optional.of(
                "%s; tried %d times; this is a fault of Tidecast, the log holds the details"
                    .formatted(root(e), attempts));
      }
    }
    if (reason.isPresent()) {
      reasonToStop = reason.get();
      log.error("stopping: {}", reason.get(), e);
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    log.warn("stream thread failed and is replaced: {}", root(e), e);
    pause();
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  private void countAttempt() {
    long now = progress.getAsLong();
    attempts = now == progressBefore ? attempts + 1 : 1;
    progressBefore = now;
  }

  private Optional<String> needsAPerson(Throwable e) {
    Optional<String> missingRight = rights.missing(e);
    if (missingRight.isPresent()) {
      return missingRight;
    }
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof AuthenticationException) {
        return Optional.of("Kafka refuses our credentials: " + cause.getMessage());
      }
      if (cause instanceof UnreadableStateException
          || cause instanceof RecordTooLargeException
          || cause instanceof Error) {
        return Optional.of(String.valueOf(cause.getMessage()));
      }
    }
    return Optional.empty();
  }

  private static boolean heals(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ApiException
          || cause instanceof TaskMigratedException
          || cause instanceof ProcessorStateException
          || cause instanceof IOException) {
        return true;
      }
    }
    return false;
  }

  /**
   * Grows from one attempt without progress to the next, so that a long outage is not a hot loop.
   */
  private void pause() {
    long millis = Math.min(FIRST_PAUSE_MILLIS << Math.min(attempts, 10), LONGEST_PAUSE_MILLIS);
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String root(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getClass().getSimpleName() + ": " + root.getMessage();
  }
}
