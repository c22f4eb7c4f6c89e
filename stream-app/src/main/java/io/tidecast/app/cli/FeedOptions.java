package io.tidecast.app.cli;

import io.tidecast.app.UserException;
import io.tidecast.app.config.ModelConfig;
import io.tidecast.app.feed.CsvFeed;
import io.tidecast.app.feed.Feed;
import io.tidecast.app.feed.MachineLoadFeed;
import io.tidecast.app.feed.SampleCsv;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where observations come from. */
final class FeedOptions {
  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description =
          "CSV file, plain or .gz: one row a point in time, one column a series. Without it: this"
              + " machine's own load.")
  private @Nullable Path csv;

  @Option(
      names = "--time-column",
      paramLabel = "COLUMN",
      description = "Column with the time; default: the first one. Times without a zone are UTC.")
  private @Nullable String timeColumn;

  @Option(
      names = "--columns",
      split = ",",
      paramLabel = "COLUMN",
      description = "Columns with the series, comma separated; default: all others.")
  private List<String> columns = List.of();

  @Option(
      names = "--speed",
      paramLabel = "ROWS",
      description = "Rows of the CSV file to feed a second; default: as fast as they are learned.")
  private @Nullable Double rowsPerSecond;

  Feed open() {
    Feed feed = csv == null ? new MachineLoadFeed() : new CsvFeed(csv, timeColumn, columns);
    return rowsPerSecond == null ? feed : new PacedFeed(feed, rowsPerSecond);
  }

  /** Samples of a model out of the CSV file. */
  SampleCsv samples(ModelConfig model, @Nullable String labelColumn) {
    if (csv == null) {
      throw new UserException("--model needs --csv, a file with one sample a row");
    }
    return new SampleCsv(csv, model, labelColumn, columns);
  }

  boolean isCsv() {
    return csv != null;
  }

  String description() {
    return csv == null ? "this machine's own load" : csv.toString();
  }
}
