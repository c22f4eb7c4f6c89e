package io.tidecast.app.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tidecast.app.UserException;
import io.tidecast.app.config.ConfigSources;
import io.tidecast.app.config.ModelConfig;
import io.tidecast.schemas.avro.LabeledSample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleCsvTest {
  @TempDir private Path folder;

  private static ModelConfig model(String features) {
    return new ConfigSources()
        .flag("models.m.task", "classification")
        .flag("models.m.classes", "low,high")
        .flag("models.m.features", features)
        .load()
        .models()
        .get(0);
  }

  private Path csv(String text) throws IOException {
    return Files.writeString(folder.resolve("t.csv"), text, StandardCharsets.UTF_8);
  }

  @Test
  void a_row_is_a_sample_with_categories_and_classes_as_numbers() throws IOException {
    Path file = csv("x,day,y,class\n1.5,tue,9,high\n,mon,9,0\n2,tue,9,\n");
    try (SampleCsv samples = new SampleCsv(file, model("x,day=mon|tue"), "class", List.of())) {
      LabeledSample first = samples.next().orElseThrow();
      assertThat(first.getFeatures()).containsExactly(1.5f, 1f);
      assertThat(first.getLabel()).isEqualTo(1);
      assertThat(first.getModel()).isEqualTo("m");
      LabeledSample second = samples.next().orElseThrow();
      assertThat(second.getFeatures()).containsExactly(Float.NaN, 0f);
      assertThat(second.getLabel()).isZero();
      assertThat(samples.next().orElseThrow().getLabel()).isNull();
      assertThat(samples.next()).isEmpty();
    }
  }

  @Test
  void what_does_not_fit_is_said_with_line_and_column() throws IOException {
    Path file = csv("x,day,class\n1,sun,low\n2,mon,middle\n");
    try (SampleCsv samples = new SampleCsv(file, model("x,day=mon|tue"), "class", List.of())) {
      assertThatExceptionOfType(UserException.class)
          .isThrownBy(samples::next)
          .withMessageContaining("line 2, column 'day': 'sun' is not one of [mon, tue]");
      assertThatExceptionOfType(UserException.class)
          .isThrownBy(samples::next)
          .withMessageContaining("line 3, column 'class': 'middle' is no number");
    }
    try (SampleCsv samples = new SampleCsv(file, model("4"), "class", List.of())) {
      assertThatExceptionOfType(UserException.class)
          .isThrownBy(samples::next)
          .withMessageContaining("expects 4 features, got 2 columns");
    }
    try (SampleCsv samples = new SampleCsv(file, model("2"), "label", List.of())) {
      assertThatExceptionOfType(UserException.class)
          .isThrownBy(samples::next)
          .withMessageContaining("no column 'label'");
    }
  }
}
