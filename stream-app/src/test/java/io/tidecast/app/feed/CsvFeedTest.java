package io.tidecast.app.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tidecast.app.UserException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvFeedTest {
  @TempDir private Path folder;

  @Test
  void a_row_is_one_reading_for_each_column_and_an_empty_cell_is_missing() throws IOException {
    Path file =
        file("a.csv", "date,OT,HUFL\n2016-07-01 00:00:00,30.5,5.8\n2016-07-01 01:00:00,,5.6\n");
    try (CsvFeed feed = new CsvFeed(file, null, List.of())) {
      long midnight = Instant.parse("2016-07-01T00:00:00Z").toEpochMilli();
      assertThat(feed.series()).containsExactly("OT", "HUFL");
      assertThat(feed.next())
          .containsExactly(new Reading("OT", midnight, 30.5), new Reading("HUFL", midnight, 5.8));
      assertThat(feed.next())
          .containsExactly(
              new Reading("OT", midnight + 3_600_000, Double.NaN),
              new Reading("HUFL", midnight + 3_600_000, 5.6));
      assertThat(feed.next()).isEmpty();
    }
  }

  @Test
  void columns_can_be_chosen_and_the_file_may_be_gzipped() throws IOException {
    Path file = folder.resolve("a.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("x,t,y\n1,10,2\n".getBytes(StandardCharsets.UTF_8));
    }
    try (CsvFeed feed = new CsvFeed(file, "t", List.of("y"))) {
      assertThat(feed.next()).containsExactly(new Reading("y", 10_000, 2));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2016-07-01T00:00:00Z,2016-07-01T00:00:00Z",
    "2016-07-01T02:00:00+02:00,2016-07-01T00:00:00Z",
    "2016-07-01 00:00:00.250,2016-07-01T00:00:00.250Z",
    "2016-07-01 7:05,2016-07-01T07:05:00Z",
    "2016/7/1 0:00,2016-07-01T00:00:00Z",
    "2016-07-01,2016-07-01T00:00:00Z",
    "1467331200,2016-07-01T00:00:00Z",
    "1467331200000,2016-07-01T00:00:00Z",
  })
  void times_are_read_in_the_forms_that_files_carry(String text, String instant) {
    assertThat(Instant.ofEpochMilli(Timestamps.utc().parse(text)))
        .isEqualTo(Instant.parse(instant));
  }

  @Test
  void what_is_wrong_with_a_file_is_said_with_its_place() throws IOException {
    assertFault(folder.resolve("none.csv"), null, List.of(), "none.csv: no such file");
    Path good = file("good.csv", "t,y\n1,2\n");
    assertFault(good, "date", List.of(), "no column 'date'; there are: t, y");
    assertFault(good, null, List.of("z"), "no column 'z'; there are: t, y");
    assertFault(
        file("words.csv", "t,y\n1,low\n"),
        null,
        List.of(),
        "line 2, column 'y': 'low' is not a number");
    assertFault(
        file("times.csv", "t,y\nnoon,1\n"),
        null,
        List.of(),
        "line 2, column 't': 'noon' is no time stamp");
    assertFault(
        file("empty.csv", ""), null, List.of(), "expected a header line and at least one row");
    assertFault(file("plain.csv.gz", "t,y\n1,2\n"), null, List.of(), "not a gzip file");
  }

  private void assertFault(Path file, @Nullable String time, List<String> columns, String message) {
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> new CsvFeed(file, time, columns))
        .withMessageContaining(message);
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }
}
