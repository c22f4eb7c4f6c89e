package io.tidecast.engine.supervised;

import io.tidecast.engine.state.JournalEntry;
import io.tidecast.engine.state.UnreadableStateException;
import io.tidecast.engine.supervised.SampleInput.BatchCut;
import io.tidecast.engine.supervised.SampleInput.Sample;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Inputs as bytes for the journal. A sample is the datum of a {@link JournalEntry}: sample id and
 * stream id (UTF), timestamp (i64), whether there is a label (u8) and the label (f64), the shape
 * (u8 dimensions, i32 each), number of features (i32) and the features (f32), big-endian.
 */
final class SampleCodec {
  private static final int VERSION = 1;

  private SampleCodec() {}

  static byte[] encode(SampleInput input) {
    return input instanceof Sample sample
        ? JournalEntry.of(VERSION, out -> write(sample, out))
        : JournalEntry.cut(VERSION);
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
    return JournalEntry.<SampleInput>read(bytes, VERSION, SampleCodec::read)
        .orElseGet(BatchCut::new);
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
