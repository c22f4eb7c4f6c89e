package io.tidecast.engine.state;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * Writes a state as named, typed sections; {@link StateReader} reads it back.
 *
 * <p>Layout, big-endian: magic {@code TDST}, container format (u8), kind (UTF), version of the kind
 * (i32), sections, CRC-32C of all that (i32). A section is its name (UTF), its {@link SectionType}
 * (u8), the number of payload bytes (i32) and the payload. Floating-point numbers are kept as their
 * bits, so what is read back is what was written, bit for bit. Not thread-safe.
 */
public final class StateWriter {
  static final int MAGIC = 0x54445354;
  static final int CONTAINER_FORMAT = 1;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);
  private final Set<String> names = new HashSet<>();

  /**
   * @param kind what this is a state of, e.g. {@code mean-field}; a reader must ask for the same
   * @param version version of the kind's sections, from 1; raised whenever an old reader could not
   *     understand them
   */
  public StateWriter(String kind, int version) {
    try {
      out.writeInt(MAGIC);
      out.writeByte(CONTAINER_FORMAT);
      out.writeUTF(kind);
      out.writeInt(version);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public StateWriter putInt(String name, int value) {
    return section(name, SectionType.INT, ByteBuffer.allocate(4).putInt(value).array());
  }

  public StateWriter putLong(String name, long value) {
    return section(name, SectionType.LONG, ByteBuffer.allocate(8).putLong(value).array());
  }

  public StateWriter putDouble(String name, double value) {
    return section(name, SectionType.DOUBLE, ByteBuffer.allocate(8).putDouble(value).array());
  }

  public StateWriter putBoolean(String name, boolean value) {
    return section(name, SectionType.BOOLEAN, new byte[] {(byte) (value ? 1 : 0)});
  }

  public StateWriter putString(String name, String value) {
    return section(name, SectionType.STRING, value.getBytes(StandardCharsets.UTF_8));
  }

  public StateWriter putBytes(String name, byte[] value) {
    return section(name, SectionType.BYTES, value);
  }

  public StateWriter putFloats(String name, float[] values) {
    ByteBuffer buffer = ByteBuffer.allocate(Math.multiplyExact(4, values.length));
    buffer.asFloatBuffer().put(values);
    return section(name, SectionType.FLOATS, buffer.array());
  }

  public StateWriter putDoubles(String name, double[] values) {
    ByteBuffer buffer = ByteBuffer.allocate(Math.multiplyExact(8, values.length));
    buffer.asDoubleBuffer().put(values);
    return section(name, SectionType.DOUBLES, buffer.array());
  }

  public StateWriter putInts(String name, int[] values) {
    ByteBuffer buffer = ByteBuffer.allocate(Math.multiplyExact(4, values.length));
    buffer.asIntBuffer().put(values);
    return section(name, SectionType.INTS, buffer.array());
  }

  public StateWriter putLongs(String name, long[] values) {
    ByteBuffer buffer = ByteBuffer.allocate(Math.multiplyExact(8, values.length));
    buffer.asLongBuffer().put(values);
    return section(name, SectionType.LONGS, buffer.array());
  }

  /** A state within this state, e.g. that of a part; read with {@link StateReader#getState}. */
  public StateWriter putState(String name, StateWriter state) {
    return section(name, SectionType.STATE, state.toBytes());
  }

  /** All sections so far with their checksum; this writer can go on afterwards. */
  public byte[] toBytes() {
    byte[] body = bytes.toByteArray();
    CRC32C crc = new CRC32C();
    crc.update(body);
    return ByteBuffer.allocate(body.length + 4).put(body).putInt((int) crc.getValue()).array();
  }

  private StateWriter section(String name, SectionType type, byte[] payload) {
    if (!names.add(name)) {
      throw new IllegalArgumentException("state section '" + name + "' was already written");
    }
    try {
      out.writeUTF(name);
      out.writeByte(type.code());
      out.writeInt(payload.length);
      out.write(payload);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }
}
