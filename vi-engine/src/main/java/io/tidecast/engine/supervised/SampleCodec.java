package io.tidecast.engine.supervised;

import io.tidecast.engine.state.UnreadableStateException;
import io.tidecast.engine.supervised.SampleInput.BatchCut;
import io.tidecast.engine.supervised.SampleInput.Sample;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/**
 * Inputs as bytes for the journal. Layout, big-endian: version (u8), kind (u8: 0 batch cut, 1
 * sample); a sample goes on with sample id and stream id (UTF), timestamp (i64), whether there is a
 * label (u8) and the label (f64), the shape (u8 dimensions, i32 each), number of features (i32) and
 * the features (f32).
 */
final class SampleCodec {
  private static final int VERSION = 1;
  private static final int CUT = 0;
  private static final int SAMPLE = 1;

  private SampleCodec() {}

  static byte[] encode(SampleInput input) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      if (input instanceof Sample sample) {
        out.writeByte(SAMPLE);
        write(sample, out);
      } else {
        out.writeByte(CUT);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(Sample sample, DataOutputStream out) throws IOException {
    out.writeUTF(sample.sampleId());
    out.writeUTF(sample.streamId());
    out.writeLong(sample.timestamp());
    Double label = sample.label();
    out.writeBoolean(label != null);
    out.writeDouble(label == null ? 0 : label);
    out.writeByte(sample.shape().length);
    for (int size : sample.shape()) {
      out.writeInt(size);
    }
    ByteBuffer features = ByteBuffer.allocate(4 * sample.features().length);
    features.asFloatBuffer().put(sample.features());
    out.writeInt(sample.features().length);
    out.write(features.array());
  }

  static SampleInput decode(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readUnsignedByte();
      if (version > VERSION) {
        throw new UnreadableStateException(
            "journal entry has version %d, this program understands up to %d; use a newer Tidecast or reset the state"
                .formatted(version, VERSION));
      }
      int kind = in.readUnsignedByte();
      SampleInput input =
          switch (kind) {
            case CUT -> new BatchCut();
            case SAMPLE -> read(in);
            default ->
                throw new UnreadableStateException(
                    "journal entry of unknown kind " + kind + "; expected 0 or 1");
          };
      if (in.read() >= 0) {
        throw new UnreadableStateException("journal entry has bytes behind its end");
      }
      return input;
    } catch (IOException damaged) {
      throw new UnreadableStateException(
          "journal entry of %d bytes is damaged".formatted(bytes.length), damaged);
    }
  }

  private static Sample read(DataInputStream in) throws IOException {
    String sampleId = in.readUTF();
    String streamId = in.readUTF();
    long timestamp = in.readLong();
    boolean hasLabel = in.readBoolean();
    double label = in.readDouble();
    int[] shape = new int[in.readUnsignedByte()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = in.readInt();
    }
    int count = in.readInt();
    if (count < 0 || count > in.available() / 4) {
      throw new UnreadableStateException(
          "journal entry of sample '%s' says %d features, %d bytes are left"
              .formatted(sampleId, count, in.available()));
    }
    float[] features = new float[count];
    ByteBuffer.wrap(in.readNBytes(4 * count)).asFloatBuffer().get(features);
    return new Sample(sampleId, streamId, timestamp, features, shape, hasLabel ? label : null);
  }
}
