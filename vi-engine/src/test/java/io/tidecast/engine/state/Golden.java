package io.tidecast.engine.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Snapshots as earlier programs wrote them, in {@code src/test/resources/golden}: entries by name,
 * gzipped. None is ever written over; a change of format adds one, with {@code
 * -Dgolden.write=NAME}.
 */
public final class Golden {
  private Golden() {}

  /** The entries of a snapshot. */
  public static Map<String, byte[]> read(String name) {
    try (InputStream file = Golden.class.getResourceAsStream("/golden/" + name + ".gz");
        DataInputStream in =
            new DataInputStream(
                new GZIPInputStream(Objects.requireNonNull(file, "golden file " + name)))) {
      Map<String, byte[]> entries = new TreeMap<>();
      for (int n = in.readInt(); n > 0; n--) {
        String entry = in.readUTF();
        entries.put(entry, in.readNBytes(in.readInt()));
      }
      return entries;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds a file, where a new one was asked for by this name. */
  public static void writeIfAsked(String name, Map<String, byte[]> entries) {
    if (!name.equals(System.getProperty("golden.write"))) {
      return;
    }
    Path file = Path.of("src/test/resources/golden", name + ".gz");
    try {
      Files.createDirectories(file.getParent());
      try (DataOutputStream out =
          new DataOutputStream(
              new GZIPOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)))) {
        out.writeInt(entries.size());
        for (Map.Entry<String, byte[]> entry : new TreeMap<>(entries).entrySet()) {
          out.writeUTF(entry.getKey());
          out.writeInt(entry.getValue().length);
          out.write(entry.getValue());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Asserts that no entry's format has changed since a file was written, unless its version has.
   */
  public static void requireSameFormat(String name, Map<String, byte[]> now) {
    Map<String, byte[]> golden = read(name);
    assertThat(golden.keySet()).isEqualTo(now.keySet());
    now.forEach(
        (entry, bytes) -> {
          byte[] before = Objects.requireNonNull(golden.get(entry));
          if (versions(bytes).equals(versions(before))) {
            assertThat(bytes)
                .as(
                    "%s: a change of format raises the version, reads the old one and adds a golden"
                        + " file",
                    entry)
                .hasSameSizeAs(before);
          }
        });
  }

  /** Kind and version of a state and of every state within it, in their order. */
  public static List<String> versions(byte[] state) {
    List<String> versions = new ArrayList<>();
    ByteBuffer bytes = ByteBuffer.wrap(state);
    for (int at = 0; at + 7 < state.length; at++) {
      if (bytes.getInt(at) == StateWriter.MAGIC) {
        int length = bytes.getShort(at + 5);
        String kind = new String(state, at + 7, length, StandardCharsets.UTF_8);
        versions.add(kind + " " + bytes.getInt(at + 7 + length));
      }
    }
    return versions;
  }

  /** The same state, as a program one version ahead would have marked it. */
  public static byte[] newer(String kind, byte[] state) {
    byte[] changed = state.clone();
    int at = 4 + 1 + 2 + kind.length();
    ByteBuffer bytes = ByteBuffer.wrap(changed);
    bytes.putInt(at, bytes.getInt(at) + 1000);
    CRC32C crc = new CRC32C();
    crc.update(changed, 0, changed.length - 4);
    bytes.putInt(changed.length - 4, (int) crc.getValue());
    return changed;
  }
}
