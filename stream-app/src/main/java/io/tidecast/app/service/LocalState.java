package io.tidecast.app.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The local copy of the state stores. What counts is in the changelogs, so a damaged copy is thrown
 * away and rebuilt; Kafka Streams by itself would fail on it again and again.
 */
final class LocalState {
  private static final Logger log = LoggerFactory.getLogger(LocalState.class);

  private final Path folder;
  private final Path mark;

  LocalState(Path stateDir, String applicationId) {
    folder = stateDir.resolve(applicationId);
    mark = stateDir.resolve(applicationId + ".damaged");
  }

  /** Whether a failure says that a store's files cannot be trusted. */
  static boolean isDamaged(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof RocksDBException rocks) {
        Status status = rocks.getStatus();
        return status != null && status.getCode() == Status.Code.Corruption;
      }
    }
    return false;
  }

  /** Notes that the copy is to be thrown away at the next start, when nobody has it open. */
  void condemn() {
    try {
      Files.createDirectories(mark.getParent());
      Files.writeString(mark, "");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + mark, e);
    }
  }

  /** Throws a condemned copy away. */
  void removeIfCondemned() {
    if (Files.exists(mark)) {
      remove("damaged");
    }
  }

  /** Where the copy is; empty where there is none. */
  Optional<Path> folder() {
    return Optional.of(folder).filter(Files::isDirectory);
  }

  /** Throws the copy away; it is rebuilt from the changelogs. */
  void remove(String reason) {
    log.warn("local state {}: {}; it is removed", folder, reason);
    try {
      if (Files.exists(folder)) {
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(folder)) {
          deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : deepestFirst) {
          Files.deleteIfExists(file);
        }
      }
      Files.deleteIfExists(mark);
    } catch (IOException e) {
      throw new UncheckedIOException("local state " + folder + ": cannot be removed", e);
    }
  }
}
