package io.tidecast.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.tidecast.app.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a report as one JSON object: whole, or not at all. */
public final class JsonFile {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private JsonFile() {}

  /**
   * Checks that a report can be written, before the work whose result it is to hold.
   *
   * @throws UserException if the folder is missing or not writable
   */
  public static void checkWritable(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null
        || !Files.isDirectory(folder)
        || !Files.isWritable(folder)
        || Files.isDirectory(file)) {
      throw new UserException(
          "--json %s: expected a file in a folder that exists and can be written to"
              .formatted(file));
    }
  }

  /**
   * Writes a report.
   *
   * @param report a record, or a map
   * @throws UserException if the file cannot be written
   */
  public static void write(Path file, Object report) {
    try {
      Path part =
          Files.createTempFile(
              file.toAbsolutePath().getParent(), file.getFileName().toString(), ".part");
      try {
        Files.writeString(part, JSON.writeValueAsString(report) + "\n");
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not writable as JSON: " + report, e);
    } catch (IOException e) {
      throw new UserException("%s: cannot be written: %s".formatted(file, e), e);
    }
  }
}
