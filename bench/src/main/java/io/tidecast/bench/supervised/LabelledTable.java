package io.tidecast.bench.supervised;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.tidecast.engine.supervised.FeatureSpec;
import io.tidecast.engine.supervised.Task;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/**
 * A table whose rows come in order, one label each.
 *
 * @param name of the file, without its endings
 * @param columns names of the features [d]
 * @param features what they are [d]
 * @param rows features [n][d], NaN where a cell is empty
 * @param labels class index or target [n]
 * @param task what the labels are
 */
public record LabelledTable(
    String name,
    List<String> columns,
    List<FeatureSpec> features,
    float[][] rows,
    double[] labels,
    Task task) {
  /** What the labels of a table are. */
  public enum Labels {
    /** Classes where they are texts or few whole numbers, else targets. */
    BY_VALUE,
    TARGETS
  }

  /** Up to so many different whole numbers are classes. */
  private static final int MOST_CLASSES = 64;

  /** A text column with more different values than this is hashed. */
  private static final int LARGEST_VOCABULARY = 32;

  private static final int BUCKETS = 64;

  /**
   * Reads a table. Text columns become categories; whole-number or text labels become classes.
   *
   * @param csv file with a header, plain or .gz
   * @param label name of the label's column
   * @param wanted names of the features' columns; empty for all others
   * @param limit most rows
   * @param kind what the labels are
   * @throws IllegalArgumentException naming a missing column, or a row without a label
   */
  public static LabelledTable read(
      Path csv, String label, List<String> wanted, int limit, Labels kind) throws IOException {
    List<NamedCsvRecord> records = new ArrayList<>();
    try (InputStream in = open(csv);
        CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(in)) {
      for (NamedCsvRecord row : reader) {
        if (records.size() == limit) {
          break;
        }
        records.add(row);
      }
    }
    if (records.isEmpty()) {
      throw new IllegalArgumentException(csv + ": no rows");
    }
    List<String> header = records.get(0).getHeader();
    List<String> columns =
        wanted.isEmpty() ? header.stream().filter(c -> !c.equals(label)).toList() : wanted;
    for (String column : columns) {
      requireColumn(csv, header, column);
    }
    requireColumn(csv, header, label);
    List<FeatureSpec> features = columns.stream().map(c -> feature(records, c)).toList();
    float[][] rows = new float[records.size()][columns.size()];
    for (int i = 0; i < rows.length; i++) {
      for (int c = 0; c < columns.size(); c++) {
        String cell = records.get(i).getField(columns.get(c));
        rows[i][c] = cell.isBlank() ? Float.NaN : features.get(c).encode(cell);
      }
    }
    return labelled(csv, label, columns, features, rows, records, kind);
  }

  private static LabelledTable labelled(
      Path csv,
      String label,
      List<String> columns,
      List<FeatureSpec> features,
      float[][] rows,
      List<NamedCsvRecord> records,
      Labels kind) {
    List<String> cells = records.stream().map(r -> r.getField(label).strip()).toList();
    int empty = cells.indexOf("");
    if (empty >= 0) {
      throw new IllegalArgumentException(
          "%s: row %d has no label in column '%s'".formatted(csv, empty + 1, label));
    }
    String name = nameOf(csv);
    List<String> classes = kind == Labels.TARGETS ? List.of() : classes(cells);
    double[] labels =
        cells.stream()
            .mapToDouble(c -> classes.isEmpty() ? Double.parseDouble(c) : classes.indexOf(c))
            .toArray();
    Task task = classes.isEmpty() ? new Task.Regression() : new Task.Classification(classes.size());
    return new LabelledTable(name, columns, features, rows, labels, task);
  }

  static String nameOf(Path csv) {
    return csv.getFileName().toString().replaceAll("\\.csv(\\.gz)?$", "");
  }

  /** The classes in the order of their indices, empty where labels are measurements. */
  private static List<String> classes(List<String> cells) {
    List<String> distinct = List.copyOf(new TreeSet<>(cells));
    if (distinct.stream().allMatch(LabelledTable::isNumber)) {
      boolean whole = distinct.stream().allMatch(c -> c.matches("\\d+"));
      return whole && distinct.size() <= MOST_CLASSES
          ? distinct.stream().sorted((a, b) -> Integer.parseInt(a) - Integer.parseInt(b)).toList()
          : List.of();
    }
    return distinct;
  }

  private static FeatureSpec feature(List<NamedCsvRecord> records, String column) {
    List<String> distinct =
        List.copyOf(
            new TreeSet<>(
                records.stream().map(r -> r.getField(column)).filter(c -> !c.isBlank()).toList()));
    if (distinct.size() < 2 || distinct.stream().allMatch(LabelledTable::isNumber)) {
      return new FeatureSpec.Numeric();
    }
    return distinct.size() <= LARGEST_VOCABULARY
        ? new FeatureSpec.Vocabulary(distinct)
        : new FeatureSpec.Hashed(BUCKETS);
  }

  private static boolean isNumber(String cell) {
    try {
      Double.parseDouble(cell);
      return true;
    } catch (NumberFormatException noNumber) {
      return false;
    }
  }

  private static void requireColumn(Path csv, List<String> header, String column) {
    if (!header.contains(column)) {
      throw new IllegalArgumentException(
          "%s: no column '%s'; it has %s".formatted(csv, column, header));
    }
  }

  /**
   * Some of the rows, in their order.
   *
   * @param wanted whether a row, counted from 0, is one of them
   */
  LabelledTable rows(IntPredicate wanted) {
    int[] chosen = IntStream.range(0, labels.length).filter(wanted).toArray();
    return new LabelledTable(
        name,
        columns,
        features,
        Arrays.stream(chosen).mapToObj(i -> rows[i]).toArray(float[][]::new),
        Arrays.stream(chosen).mapToDouble(i -> labels[i]).toArray(),
        task);
  }

  static InputStream open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file));
    return file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
  }

  /** Whether a cell is empty. */
  public boolean hasMissing() {
    for (float[] row : rows) {
      for (float value : row) {
        if (Float.isNaN(value)) {
          return true;
        }
      }
    }
    return false;
  }
}
