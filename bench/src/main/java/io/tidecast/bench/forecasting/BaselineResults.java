package io.tidecast.bench.forecasting;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.tidecast.app.UserException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What the baselines reached: a CSV file with dataset, series, model, horizon and ncrps. */
final class BaselineResults {
  private static final String ALL_LEADS = "1..24";

  private final Map<String, Double> ncrps = new HashMap<>();

  private BaselineResults() {}

  static BaselineResults read(Path file) {
    BaselineResults results = new BaselineResults();
    try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(file)) {
      for (NamedCsvRecord row : rows) {
        if (row.getField("horizon").equals(ALL_LEADS)) {
          results.ncrps.put(
              key(row.getField("dataset"), row.getField("series"), row.getField("model")),
              Double.parseDouble(row.getField("ncrps")));
        }
      }
    } catch (IOException | RuntimeException e) {
      throw new UserException(
          "%s: expected a CSV file with dataset, series, model, horizon and ncrps: %s"
              .formatted(file, e.getMessage()),
          e);
    }
    return results;
  }

  /**
   * Mean over lead times 1..24.
   *
   * @throws UserException if there is none
   */
  double ncrps(RecordedSeries series, String model) {
    Double figure = ncrps.get(key(series.dataset(), series.name(), model));
    if (figure == null) {
      throw new UserException(
          "the baselines have no line for %s/%s, model '%s', horizon %s"
              .formatted(series.dataset(), series.name(), model, ALL_LEADS));
    }
    return figure;
  }

  private static String key(String dataset, String series, String model) {
    return dataset + "/" + series + "/" + model;
  }
}
