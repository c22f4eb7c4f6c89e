package io.tidecast.bench.supervised;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One regression table with its official splits (Hernandez-Lobato and Adams 2015; Gal and
 * Ghahramani 2016).
 *
 * @param rows features [n][d]
 * @param labels targets [n]
 * @param splits test rows of each split
 */
record UciTable(String name, float[][] rows, double[] labels, List<int[]> splits) {
  private static final String LABEL = "y";

  /** Reads {@code NAME.csv[.gz]} and {@code NAME.splits.json.gz} in a directory. */
  static UciTable read(Path directory, String name) throws IOException {
    Path plain = directory.resolve(name + ".csv");
    Path csv = Files.exists(plain) ? plain : directory.resolve(name + ".csv.gz");
    LabelledTable table =
        LabelledTable.read(csv, LABEL, List.of(), Integer.MAX_VALUE, LabelledTable.Labels.TARGETS);
    try (InputStream in = LabelledTable.open(directory.resolve(name + ".splits.json.gz"))) {
      int[][] splits = new ObjectMapper().readValue(in, int[][].class);
      return new UciTable(name, table.rows(), table.labels(), List.of(splits));
    }
  }

  int inputs() {
    return rows[0].length;
  }

  /** Rows that are not among the test rows of a split. */
  int[] trainingRows(int[] test) {
    BitSet isTest = new BitSet();
    Arrays.stream(test).forEach(isTest::set);
    return IntStream.range(0, rows.length).filter(i -> !isTest.get(i)).toArray();
  }
}
