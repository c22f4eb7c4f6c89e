package io.tidecast.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.tidecast.app.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a command's result goes for a script: one JSON object, written whole or not at all. */
public final class JsonOption {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  @Option(
      names = "--json",
      paramLabel = "OUT",
      description = "Write the result to this file too, as one JSON object.")
  private @Nullable Path file;

  /**
   * Checks that the file can be written, before the work whose result it is to hold.
   *
   * @throws UserException if the folder is missing or not writable
   */
  public void check() {
    if (file == null) {
      return;
    }
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

  /** The fields of an Avro record, for a result. */
  static JsonNode fields(SpecificRecord record) {
    try {
      return JSON.readTree(record.toString());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON: " + record, e);
    }
  }

  /** Like {@link #write(Object)}; the result is made only where the user asked for it. */
  void write(Supplier<?> result) {
    if (file != null) {
      write(result.get());
    }
  }

  /**
   * Writes the result, where the user asked for it.
   *
   * @param result a record, or a map
   * @throws UserException if the file cannot be written
   */
  public void write(Object result) {
    if (file == null) {
      return;
    }
    try {
      Path part =
          Files.createTempFile(
              file.toAbsolutePath().getParent(), file.getFileName().toString(), ".part");
      try {
        Files.writeString(part, JSON.writeValueAsString(result) + "\n");
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not writable as JSON: " + result, e);
    } catch (IOException e) {
      throw new UserException("%s: cannot be written: %s".formatted(file, e), e);
    }
  }
}
