package io.tidecast.engine.state;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;

/** Reads what {@link StateWriter} wrote, after checking that it is whole and understood. */
public final class StateReader {
  private record Section(SectionType type, ByteBuffer payload) {}

  private final String kind;
  private final int version;
  private final Map<String, Section> sections = new LinkedHashMap<>();

  /**
   * @param kind the kind of state expected
   * @param newest newest version of that kind which the caller understands; older ones are its
   *     business, see {@link #version}
   * @param bytes as returned by {@link StateWriter#toBytes}
   * @throws UnreadableStateException if the bytes are damaged, of another kind, or newer
   */
  public StateReader(String kind, int newest, byte[] bytes) {
    this.kind = kind;
    checkWhole(kind, bytes);
    ByteBuffer in = ByteBuffer.wrap(bytes, 0, bytes.length - 4).slice();
    try {
      in.getInt();
      int container = in.get();
      if (container > StateWriter.CONTAINER_FORMAT) {
        throw tooNew("container format", container, StateWriter.CONTAINER_FORMAT);
      }
      String found = utf(in);
      if (!found.equals(kind)) {
        throw new UnreadableStateException(
            "expected a state of kind '" + kind + "', found kind '" + found + "'");
      }
      version = in.getInt();
      if (version > newest) {
        throw tooNew("version", version, newest);
      }
      while (in.hasRemaining()) {
        String name = utf(in);
        SectionType type = SectionType.ofCode(in.get(), name);
        int length = in.getInt();
        sections.put(name, new Section(type, in.slice(in.position(), length)));
        in.position(in.position() + length);
      }
    } catch (BufferUnderflowException
        | IllegalArgumentException
        | IndexOutOfBoundsException malformed) {
      throw new UnreadableStateException("state of kind '" + kind + "' is malformed", malformed);
    }
  }

  /** The version of the kind that these sections were written in. */
  public int version() {
    return version;
  }

  /** Names of all sections, in the order in which they were written. */
  public Set<String> names() {
    return Set.copyOf(sections.keySet());
  }

  public boolean has(String name) {
    return sections.containsKey(name);
  }

  public int getInt(String name) {
    return payload(name, SectionType.INT).getInt();
  }

  public long getLong(String name) {
    return payload(name, SectionType.LONG).getLong();
  }

  public double getDouble(String name) {
    return payload(name, SectionType.DOUBLE).getDouble();
  }

  public boolean getBoolean(String name) {
    return payload(name, SectionType.BOOLEAN).get() != 0;
  }

  public String getString(String name) {
    return StandardCharsets.UTF_8.decode(payload(name, SectionType.STRING)).toString();
  }

  public byte[] getBytes(String name) {
    return copy(payload(name, SectionType.BYTES));
  }

  public float[] getFloats(String name) {
    ByteBuffer in = payload(name, SectionType.FLOATS);
    float[] values = new float[in.remaining() / 4];
    in.asFloatBuffer().get(values);
    return values;
  }

  /**
   * Like {@link #getFloats(String)}, for a caller who knows how many there must be.
   *
   * @throws UnreadableStateException if there are more or fewer
   */
  public float[] getFloats(String name, int expected) {
    float[] values = getFloats(name);
    if (values.length != expected) {
      throw new UnreadableStateException(
          "section '%s' of state '%s': expected %d numbers, found %d; was it written under other settings?"
              .formatted(name, kind, expected, values.length));
    }
    return values;
  }

  public double[] getDoubles(String name) {
    ByteBuffer in = payload(name, SectionType.DOUBLES);
    double[] values = new double[in.remaining() / 8];
    in.asDoubleBuffer().get(values);
    return values;
  }

  public int[] getInts(String name) {
    ByteBuffer in = payload(name, SectionType.INTS);
    int[] values = new int[in.remaining() / 4];
    in.asIntBuffer().get(values);
    return values;
  }

  public long[] getLongs(String name) {
    ByteBuffer in = payload(name, SectionType.LONGS);
    long[] values = new long[in.remaining() / 8];
    in.asLongBuffer().get(values);
    return values;
  }

  /**
   * The state written by {@link StateWriter#putState}.
   *
   * @param kind its expected kind
   * @param newest newest version of that kind which the caller understands
   */
  public StateReader getState(String name, String kind, int newest) {
    return new StateReader(kind, newest, copy(payload(name, SectionType.STATE)));
  }

  private ByteBuffer payload(String name, SectionType type) {
    Section section = sections.get(name);
    if (section == null) {
      throw new UnreadableStateException(
          "state of kind '%s', version %d, lacks section '%s'; it has %s"
              .formatted(kind, version, name, sections.keySet()));
    }
    if (section.type != type) {
      throw new UnreadableStateException(
          "section '%s' of state '%s': expected %s, found %s"
              .formatted(name, kind, type, section.type));
    }
    return section.payload.duplicate();
  }

  private static byte[] copy(ByteBuffer in) {
    byte[] bytes = new byte[in.remaining()];
    in.get(bytes);
    return bytes;
  }

  private static void checkWhole(String kind, byte[] bytes) {
    if (bytes.length < 8 || ByteBuffer.wrap(bytes).getInt() != StateWriter.MAGIC) {
      throw new UnreadableStateException(
          "these %d bytes are no Tidecast state (wanted kind '%s')".formatted(bytes.length, kind));
    }
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length - 4);
    if ((int) crc.getValue() != ByteBuffer.wrap(bytes).getInt(bytes.length - 4)) {
      throw new UnreadableStateException(
          "state of kind '%s', %d bytes: checksum mismatch, the bytes are damaged"
              .formatted(kind, bytes.length));
    }
  }

  private UnreadableStateException tooNew(String what, int found, int newest) {
    return new UnreadableStateException(
        "state of kind '%s' has %s %d, this program understands up to %d; use a newer Tidecast or reset the state"
            .formatted(kind, what, found, newest));
  }

  private static String utf(ByteBuffer in) {
    byte[] name = new byte[Short.toUnsignedInt(in.getShort())];
    in.get(name);
    return new String(name, StandardCharsets.UTF_8);
  }
}
