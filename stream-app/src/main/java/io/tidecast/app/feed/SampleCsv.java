package io.tidecast.app.feed;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.tidecast.app.UserException;
import io.tidecast.app.config.ModelConfig;
import io.tidecast.engine.supervised.FeatureSpec;
import io.tidecast.schemas.avro.LabeledSample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Samples of a model out of a CSV file, plain or {@code .gz}: one row a sample. A row's number is
 * its sample id and its time.
 */
public final class SampleCsv implements AutoCloseable {
  private final Path file;
  private final ModelConfig model;
  private final @Nullable String labelColumn;
  private final CsvReader<NamedCsvRecord> reader;
  private final Iterator<NamedCsvRecord> rows;
  private final List<FeatureSpec> features;
  private List<String> columns;
  private long row;

  /**
   * Opens a file.
   *
   * @param labelColumn name of the column with the label; null: the samples have none
   * @param columns names of the features' columns; empty: those that the model names, or else every
   *     other column
   */
  public SampleCsv(
      Path file, ModelConfig model, @Nullable String labelColumn, List<String> columns) {
    this.file = file;
    this.model = model;
    this.labelColumn = labelColumn;
    this.columns = columns.isEmpty() ? model.featureNames() : columns;
    features = model.settings().inputs().features();
    reader = CsvFeed.open(file);
    rows = reader.iterator();
  }

  /**
   * The next sample; empty at the end.
   *
   * @throws UserException naming line and column of a cell that cannot be read
   */
  public Optional<LabeledSample> next() {
    if (!rows.hasNext()) {
      return Optional.empty();
    }
    NamedCsvRecord record = rows.next();
    if (row == 0) {
      checkColumns(record.getHeader());
    }
    List<Float> values = new ArrayList<>(columns.size());
    for (int i = 0; i < columns.size(); i++) {
      values.add(feature(record, i));
    }
    LabeledSample sample =
        new LabeledSample(
            "row-" + row,
            model.name(),
            row,
            values,
            model.settings().inputs().shape(),
            labelColumn == null ? null : label(record, labelColumn),
            model.name());
    row++;
    return Optional.of(sample);
  }

  private void checkColumns(List<String> header) {
    if (columns.isEmpty()) {
      columns = header.stream().filter(c -> !c.equals(labelColumn)).toList();
    }
    List<String> needed = new ArrayList<>(columns);
    if (labelColumn != null) {
      needed.add(labelColumn);
    }
    for (String column : needed) {
      if (!header.contains(column)) {
        throw new UserException(
            "%s: no column '%s'; there are: %s".formatted(file, column, String.join(", ", header)));
      }
    }
    if (columns.size() != features.size()) {
      throw new UserException(
          "%s: model '%s' expects %d features, got %d columns; choose them with --columns"
              .formatted(file, model.name(), features.size(), columns.size()));
    }
  }

  private float feature(NamedCsvRecord record, int i) {
    String cell = record.getField(columns.get(i)).strip();
    if (cell.isEmpty()) {
      return Float.NaN;
    }
    try {
      return features.get(i).encode(cell);
    } catch (IllegalArgumentException e) {
      throw fault(record, columns.get(i), String.valueOf(e.getMessage()), e);
    }
  }

  private @Nullable Double label(NamedCsvRecord record, String column) {
    String cell = record.getField(column).strip();
    if (cell.isEmpty()) {
      return null;
    }
    int named = model.classNames().indexOf(cell);
    if (named >= 0) {
      return (double) named;
    }
    try {
      return Double.valueOf(cell);
    } catch (NumberFormatException e) {
      throw fault(
          record,
          column,
          "'%s' is no number and none of the model's classes %s"
              .formatted(cell, model.classNames()),
          e);
    }
  }

  private UserException fault(
      NamedCsvRecord record, String column, String what, RuntimeException cause) {
    return new UserException(
        "%s, line %d, column '%s': %s"
            .formatted(file, record.getStartingLineNumber(), column, what),
        cause);
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
