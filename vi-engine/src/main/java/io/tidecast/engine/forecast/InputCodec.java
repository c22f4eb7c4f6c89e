package io.tidecast.engine.forecast;

import io.tidecast.engine.forecast.ForecastInput.BatchCut;
import io.tidecast.engine.forecast.ForecastInput.Observation;
import io.tidecast.engine.state.JournalEntry;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Inputs as bytes for the journal. An observation is the datum of a {@link JournalEntry}: series id
 * (UTF), timestamp (i64), value (f64), number of covariates (u16) and the covariates (f64), rows
 * and columns known ahead (u16 each) and those (f64), big-endian.
 */
final class InputCodec {
  private static final int VERSION = 1;

  private InputCodec() {}

  static byte[] encode(ForecastInput input) {
    return input instanceof Observation observation
        ? JournalEntry.of(VERSION, out -> write(observation, out))
        : JournalEntry.cut(VERSION);
  }

  private static void write(Observation observation, DataOutputStream out) throws IOException {
    out.writeUTF(observation.seriesId());
    out.writeLong(observation.timestamp());
    out.writeDouble(observation.value());
    double[] covariates = observation.covariates();
    out.writeShort(covariates.length);
    writeAll(covariates, out);
    double[][] future = observation.knownFuture();
    out.writeShort(future.length);
    out.writeShort(future.length == 0 ? 0 : future[0].length);
    for (double[] row : future) {
      writeAll(row, out);
    }
  }

  private static void writeAll(double[] values, DataOutputStream out) throws IOException {
    for (double value : values) {
      out.writeDouble(value);
    }
  }

  static ForecastInput decode(byte[] bytes) {
    return JournalEntry.<ForecastInput>read(bytes, VERSION, InputCodec::readObservation)
        .orElseGet(BatchCut::new);
  }

  private static Observation readObservation(DataInputStream in) throws IOException {
    String seriesId = in.readUTF();
    long timestamp = in.readLong();
    double value = in.readDouble();
    double[] covariates = readAll(in, in.readUnsignedShort());
    double[][] future = new double[in.readUnsignedShort()][];
    int columns = in.readUnsignedShort();
    for (int row = 0; row < future.length; row++) {
      future[row] = readAll(in, columns);
    }
    return new Observation(seriesId, timestamp, value, covariates, future);
  }

  private static double[] readAll(DataInputStream in, int n) throws IOException {
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = in.readDouble();
    }
    return values;
  }
}
