package io.tidecast.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder of one platform: data, logs, addresses. Locked while a platform uses it. */
final class DataFolder implements AutoCloseable {
  private final Path root;
  private final boolean temporary;
  private final FileChannel lockChannel;

  private DataFolder(Path root, boolean temporary, FileChannel lockChannel) {
    this.root = root;
    this.temporary = temporary;
    this.lockChannel = lockChannel;
  }

  /**
   * Opens a folder for this process alone, after the children of a platform that was killed in it
   * have ended.
   *
   * @throws PlatformException if another process uses it
   */
  static DataFolder open(Optional<Path> kept) {
    try {
      Path root =
          kept.isPresent()
              ? Files.createDirectories(kept.get().toAbsolutePath().normalize())
              : Files.createTempDirectory("tidecast-platform-");
      DataFolder folder = new DataFolder(root, kept.isEmpty(), lock(root));
      Files.createDirectories(folder.logs());
      folder.setOldLogsAside();
      Leftovers.in(root).awaitEnd();
      return folder;
    } catch (IOException e) {
      throw new PlatformException(
          "data folder %s: cannot be used: %s"
              .formatted(kept.map(Path::toString).orElse("(temporary)"), e),
          e);
    }
  }

  private static FileChannel lock(Path root) throws IOException {
    FileChannel channel =
        FileChannel.open(
            root.resolve("platform.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // Held by this very process: the same answer as for another one's.
    }
    channel.close();
    throw new PlatformException(
        "data folder %s: another local platform is using it; stop that one, or use another folder"
            .formatted(root));
  }

  private void setOldLogsAside() throws IOException {
    try (Stream<Path> logs = Files.list(logs())) {
      for (Path log : (Iterable<Path>) logs.filter(p -> p.toString().endsWith(".log"))::iterator) {
        Files.move(
            log,
            log.resolveSibling(log.getFileName() + ".previous"),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  Path root() {
    return root;
  }

  Path logs() {
    return root.resolve("logs");
  }

  boolean isTemporary() {
    return temporary;
  }

  @Override
  public void close() {
    try {
      lockChannel.close();
      if (temporary) {
        delete(root);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("data folder " + root + ": cannot be closed", e);
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(folder)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : deepestFirst) {
      Files.deleteIfExists(file);
    }
  }
}
