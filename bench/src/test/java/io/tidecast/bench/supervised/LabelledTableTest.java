package io.tidecast.bench.supervised;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidecast.bench.supervised.LabelledTable.Labels;
import io.tidecast.engine.supervised.FeatureSpec;
import io.tidecast.engine.supervised.Task;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledTableTest {
  private static final String TEXT = "size,colour,kind\n1.5,red,b\n,blue,a\n2,red,b\n";

  @TempDir private Path directory;

  private LabelledTable read(String text, List<String> columns, int limit) throws IOException {
    Path csv = directory.resolve("t.csv");
    Files.writeString(csv, text);
    return LabelledTable.read(csv, "kind", columns, limit, Labels.BY_VALUE);
  }

  @Test
  void texts_become_categories_and_empty_cells_are_missing() throws IOException {
    LabelledTable table = read(TEXT, List.of(), 100);
    assertThat(table.columns()).containsExactly("size", "colour");
    assertThat(table.features())
        .containsExactly(
            new FeatureSpec.Numeric(), new FeatureSpec.Vocabulary(List.of("blue", "red")));
    assertThat(table.rows()[0]).containsExactly(1.5f, 1);
    assertThat(table.rows()[1]).containsExactly(Float.NaN, 0);
    assertThat(table.hasMissing()).isTrue();
    assertThat(table.task()).isEqualTo(new Task.Classification(2));
    assertThat(table.labels()).containsExactly(1, 0, 1);
  }

  @Test
  void whole_numbers_are_classes_and_other_numbers_are_targets() throws IOException {
    assertThat(read("x,kind\n1,10\n2,2\n3,10\n", List.of(), 100).labels()).containsExactly(1, 0, 1);
    assertThat(read("x,kind\n1,1.5\n2,2\n", List.of(), 100).task())
        .isEqualTo(new Task.Regression());
  }

  @Test
  void a_compressed_table_is_read_up_to_its_limit() throws IOException {
    Path csv = directory.resolve("z.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(csv))) {
      out.write(TEXT.getBytes(StandardCharsets.UTF_8));
    }
    LabelledTable table = LabelledTable.read(csv, "kind", List.of("size"), 2, Labels.BY_VALUE);
    assertThat(table.rows()).hasDimensions(2, 1);
    assertThat(table.name()).isEqualTo("z");
  }

  @Test
  void what_cannot_be_read_is_named() {
    assertThatThrownBy(() -> read(TEXT, List.of("weight"), 9)).hasMessageContaining("'weight'");
    assertThatThrownBy(() -> read("x,kind\n1,a\n2,\n", List.of(), 9))
        .hasMessageContaining("row 2 has no label");
    assertThatThrownBy(() -> read("x,kind\n", List.of(), 9)).hasMessageContaining("no rows");
  }
}
