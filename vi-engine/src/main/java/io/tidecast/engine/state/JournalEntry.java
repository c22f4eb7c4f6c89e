package io.tidecast.engine.state;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * The frame of a learner's input in the journal. Layout, big-endian: version (u8), kind (u8: 0
 * batch cut, 1 datum); a datum goes on with its content.
 */
public final class JournalEntry {
  private static final int CUT = 0;
  private static final int DATUM = 1;

  private JournalEntry() {}

  /** Writes the content of a datum. */
  @FunctionalInterface
  public interface Content {
    void writeTo(DataOutputStream out) throws IOException;
  }

  /** Reads the content of a datum. */
  @FunctionalInterface
  public interface Reader<T> {
    T read(DataInputStream in) throws IOException;
  }

  /** An entry that cuts the mini-batch. */
  public static byte[] cut(int version) {
    return new byte[] {(byte) version, CUT};
  }

  /** An entry with a datum. */
  public static byte[] of(int version, Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(version);
      out.writeByte(DATUM);
      content.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads an entry.
   *
   * @param newest version that is understood
   * @return the datum; empty for a batch cut
   * @throws UnreadableStateException if the entry is damaged or of a newer version
   */
  public static <T> Optional<T> read(byte[] entry, int newest, Reader<T> reader) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(entry))) {
      int version = in.readUnsignedByte();
      if (version > newest) {
        throw new UnreadableStateException(
            "journal entry has version %d, this program understands up to %d; use a newer Tidecast or reset the state"
                .formatted(version, newest));
      }
      int kind = in.readUnsignedByte();
      Optional<T> datum =
          switch (kind) {
            case CUT -> Optional.empty();
            case DATUM -> Optional.of(reader.read(in));
            default ->
                throw new UnreadableStateException(
                    "journal entry of unknown kind " + kind + "; expected 0 or 1");
          };
      if (in.read() >= 0) {
        throw new UnreadableStateException("journal entry has bytes behind its end");
      }
      return datum;
    } catch (IOException damaged) {
      throw new UnreadableStateException(
          "journal entry of %d bytes is damaged".formatted(entry.length), damaged);
    }
  }
}
