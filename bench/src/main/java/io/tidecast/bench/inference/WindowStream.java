package io.tidecast.bench.inference;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.tidecast.engine.inference.MiniBatch;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * All columns of a table as windows of context and horizon, in blocks of consecutive origins.
 * Values are in standard deviations of each column's first rows; a window is shifted to its last
 * value and divided by its own deviation.
 */
final class WindowStream {
  static final int CONTEXT = 96;
  static final int HORIZON = 24;
  private static final double LEAST_DEVIATION = .05;

  private final float[][] values;
  private final int stride;

  private WindowStream(float[][] values, int stride) {
    this.values = values;
    this.stride = stride;
  }

  /**
   * Windows at some origins.
   *
   * @param batch scaled inputs and targets
   * @param last value at each row's origin
   * @param scale each row's deviation
   * @param truth targets in column deviations [rows, H]
   */
  record Windows(MiniBatch batch, float[] last, float[] scale, float[] truth) {}

  /**
   * Reads a table whose first column is the time.
   *
   * @param calibration rows that fix the columns' mean and deviation
   * @param stride origins per block
   */
  static WindowStream read(Path file, int calibration, int stride) throws IOException {
    List<float[]> rows = new ArrayList<>();
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file));
        InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
        Reader text = new InputStreamReader(in, StandardCharsets.UTF_8);
        CsvReader<CsvRecord> csv = CsvReader.builder().ofCsvRecord(text)) {
      for (CsvRecord record : csv) {
        if (record.getStartingLineNumber() > 1) {
          float[] row = new float[record.getFieldCount() - 1];
          for (int c = 0; c < row.length; c++) {
            row[c] = Float.parseFloat(record.getField(c + 1));
          }
          rows.add(row);
        }
      }
    }
    float[][] values = rows.toArray(float[][]::new);
    for (int c = 0; c < values[0].length; c++) {
      double mean = 0;
      double square = 0;
      for (int t = 0; t < calibration; t++) {
        mean += values[t][c] / calibration;
      }
      for (int t = 0; t < calibration; t++) {
        square += (values[t][c] - mean) * (values[t][c] - mean) / calibration;
      }
      for (float[] row : values) {
        row[c] = (float) ((row[c] - mean) / Math.sqrt(square));
      }
    }
    return new WindowStream(values, stride);
  }

  int columns() {
    return values[0].length;
  }

  int stride() {
    return stride;
  }

  /** Origin of the first block: everything before it is context and revealed targets. */
  int firstOrigin() {
    return CONTEXT - 1 + HORIZON + stride;
  }

  /** Origins end before this one, so that all targets exist. */
  int endOrigin() {
    return values.length - HORIZON - 1;
  }

  /** The windows of all columns at consecutive origins that end with {@code last}. */
  Windows blockEndingAt(int last) {
    int[] origins = new int[stride];
    Arrays.setAll(origins, i -> last - stride + 1 + i);
    return at(origins, true);
  }

  /**
   * The windows of all columns at some origins.
   *
   * @param fresh whether they are shown for the first time
   */
  Windows at(int[] origins, boolean fresh) {
    int rows = origins.length * columns();
    float[] x = new float[rows * CONTEXT];
    float[] y = new float[rows * HORIZON];
    float[] truth = new float[rows * HORIZON];
    float[] mask = new float[rows * HORIZON];
    float[] lasts = new float[rows];
    float[] scales = new float[rows];
    Arrays.fill(mask, 1);
    int row = 0;
    for (int t : origins) {
      for (int c = 0; c < columns(); c++, row++) {
        double mean = 0;
        double square = 0;
        for (int i = 0; i < CONTEXT; i++) {
          double v = values[t - CONTEXT + 1 + i][c];
          mean += v / CONTEXT;
          square += v * v / CONTEXT;
        }
        float last = values[t][c];
        float scale = (float) (Math.sqrt(Math.max(0, square - mean * mean)) + LEAST_DEVIATION);
        lasts[row] = last;
        scales[row] = scale;
        for (int i = 0; i < CONTEXT; i++) {
          x[row * CONTEXT + i] = (values[t - CONTEXT + 1 + i][c] - last) / scale;
        }
        for (int h = 0; h < HORIZON; h++) {
          truth[row * HORIZON + h] = values[t + 1 + h][c];
          y[row * HORIZON + h] = (values[t + 1 + h][c] - last) / scale;
        }
      }
    }
    return new Windows(new MiniBatch(x, y, mask, rows, fresh ? rows : 0), lasts, scales, truth);
  }
}
