package io.tidecast.app.feed;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.tidecast.app.UserException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a CSV file, plain or {@code .gz}: one row a point in time, one column a series. An empty
 * cell is a missing measurement.
 */
public final class CsvFeed implements Feed {
  private final Path file;
  private final String timeColumn;
  private final List<String> columns;
  private final Timestamps timestamps = Timestamps.utc();
  private final CsvReader<NamedCsvRecord> reader;
  private final Iterator<NamedCsvRecord> rows;
  private @Nullable NamedCsvRecord first;

  /**
   * Opens a file and checks its header.
   *
   * @param timeColumn name of the column with the time, or null for the first one
   * @param columns names of the series' columns; empty: every other column
   * @throws UserException if the file or a column is missing, or the file is not CSV
   */
  public CsvFeed(Path file, @Nullable String timeColumn, List<String> columns) {
    this.file = file;
    reader = open(file);
    rows = reader.iterator();
    try {
      if (!rows.hasNext()) {
        throw new UserException(
            "%s: expected a header line and at least one row, found none".formatted(file));
      }
      NamedCsvRecord row = rows.next();
      first = row;
      List<String> header = row.getHeader();
      this.timeColumn = timeColumn == null ? header.get(0) : known(timeColumn, header);
      this.columns =
          columns.isEmpty()
              ? header.stream().filter(c -> !c.equals(this.timeColumn)).toList()
              : columns.stream().map(c -> known(c, header)).toList();
      readings(row);
    } catch (RuntimeException e) {
      close();
      throw explained(e);
    }
  }

  static CsvReader<NamedCsvRecord> open(Path file) {
    try {
      InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
      if (file.toString().endsWith(".gz")) {
        in = new GZIPInputStream(in, 1 << 16);
      }
      return CsvReader.builder()
          .allowMissingFields(true)
          .detectBomHeader(false)
          .ofNamedCsvRecord(in, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new UserException("%s: no such file".formatted(file), e);
    } catch (ZipException e) {
      throw new UserException("%s: not a gzip file (%s)".formatted(file, e.getMessage()), e);
    } catch (IOException e) {
      throw new UserException("%s: cannot be read: %s".formatted(file, e), e);
    }
  }

  /** The series, in the order of their columns. */
  public List<String> series() {
    return columns;
  }

  @Override
  public List<Reading> next() {
    try {
      NamedCsvRecord row = first;
      if (row != null) {
        first = null;
        return readings(row);
      }
      return rows.hasNext() ? readings(rows.next()) : List.of();
    } catch (CsvParseException | UncheckedIOException e) {
      throw explained(e);
    }
  }

  private List<Reading> readings(NamedCsvRecord row) {
    long timestamp;
    try {
      timestamp = timestamps.parse(row.findField(timeColumn).orElse(""));
    } catch (IllegalArgumentException e) {
      throw fault(row, timeColumn, String.valueOf(e.getMessage()), e);
    }
    List<Reading> readings = new ArrayList<>(columns.size());
    for (String column : columns) {
      readings.add(new Reading(column, timestamp, number(row, column)));
    }
    return readings;
  }

  private double number(NamedCsvRecord row, String column) {
    String cell = row.findField(column).orElse("").trim();
    if (cell.isEmpty()
        || cell.equalsIgnoreCase("nan")
        || cell.equalsIgnoreCase("null")
        || cell.equals("NA")) {
      return Double.NaN;
    }
    try {
      return Double.parseDouble(cell);
    } catch (NumberFormatException e) {
      throw fault(
          row,
          column,
          "'%s' is not a number; choose the numeric columns with --columns".formatted(cell),
          e);
    }
  }

  private UserException fault(NamedCsvRecord row, String column, String what, Throwable cause) {
    return new UserException(
        "%s, line %d, column '%s': %s".formatted(file, row.getStartingLineNumber(), column, what),
        cause);
  }

  private String known(String column, List<String> header) {
    if (!header.contains(column)) {
      throw new UserException(
          "%s: no column '%s'; there are: %s".formatted(file, column, String.join(", ", header)));
    }
    return column;
  }

  private RuntimeException explained(RuntimeException e) {
    if (e instanceof UserException) {
      return e;
    }
    return new UserException("%s: not readable as CSV: %s".formatted(file, e.getMessage()), e);
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
