package io.tidecast.engine.forecast;

import io.tidecast.engine.forecast.ForecastInput.BatchCut;
import io.tidecast.engine.forecast.ForecastInput.Observation;
import io.tidecast.engine.state.UnreadableStateException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Inputs as bytes for the journal. Layout, big-endian: version (u8), kind (u8: 0 batch cut, 1
 * observation); an observation goes on with series id (UTF), timestamp (i64), value (f64), number
 * of covariates (u16) and the covariates (f64), rows and columns known ahead (u16 each) and those
 * (f64).
 */
final class InputCodec {
  private static final int VERSION = 1;
  private static final int CUT = 0;
  private static final int OBSERVATION = 1;

  private InputCodec() {}

  static byte[] encode(ForecastInput input) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      if (input instanceof Observation observation) {
        out.writeByte(OBSERVATION);
        write(observation, out);
      } else {
        out.writeByte(CUT);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
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
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readUnsignedByte();
      if (version > VERSION) {
        throw new UnreadableStateException(
            "journal entry has version %d, this program understands up to %d; use a newer Tidecast or reset the state"
                .formatted(version, VERSION));
      }
      int kind = in.readUnsignedByte();
      ForecastInput input =
          switch (kind) {
            case CUT -> new BatchCut();
            case OBSERVATION -> readObservation(in);
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
