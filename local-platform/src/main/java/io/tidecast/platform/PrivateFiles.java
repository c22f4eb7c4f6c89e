package io.tidecast.platform;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that only their owner may read, where the file system knows owners. */
final class PrivateFiles {
  private PrivateFiles() {}

  static Path folder(Path folder) throws IOException {
    return Files.createDirectories(folder, only("rwx------"));
  }

  /** A new file in place of an old one; private before the first byte is in it. */
  static Writer write(Path file) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(file, only("rw-------"));
    return Files.newBufferedWriter(file);
  }

  private static FileAttribute<?>[] only(String permissions) {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
