package io.tidecast.bench.supervised;

import io.tidecast.app.UserException;
import io.tidecast.app.config.ModelConfig;
import io.tidecast.app.feed.SampleCsv;
import io.tidecast.engine.supervised.SupervisedSettings;
import io.tidecast.schemas.avro.LabeledSample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A CSV file read as the samples of a configured model. */
public final class ConfiguredTable {
  private ConfiguredTable() {}

  /**
   * Reads a file.
   *
   * @param columns names of the features' columns; empty: those that the model names, or else every
   *     other column
   * @param limit most rows
   * @throws UserException naming line and column of what the model cannot take
   */
  public static LabelledTable read(
      Path csv, ModelConfig model, String labelColumn, List<String> columns, int limit) {
    List<float[]> rows = new ArrayList<>();
    List<Double> labels = new ArrayList<>();
    try (SampleCsv samples = new SampleCsv(csv, model, labelColumn, columns)) {
      Optional<LabeledSample> next = samples.next();
      while (next.isPresent() && rows.size() < limit) {
        LabeledSample sample = next.get();
        Double label = sample.getLabel();
        if (label == null) {
          throw new UserException(
              "%s: %s has no label in column '%s'"
                  .formatted(csv, sample.getSampleId(), labelColumn));
        }
        float[] row = new float[sample.getFeatures().size()];
        for (int i = 0; i < row.length; i++) {
          row[i] = sample.getFeatures().get(i);
        }
        rows.add(row);
        labels.add(label);
        next = samples.next();
      }
    }
    SupervisedSettings settings = model.settings();
    return new LabelledTable(
        LabelledTable.nameOf(csv),
        model.featureNames(),
        settings.inputs().features(),
        rows.toArray(new float[0][]),
        labels.stream().mapToDouble(Double::doubleValue).toArray(),
        settings.task());
  }
}
