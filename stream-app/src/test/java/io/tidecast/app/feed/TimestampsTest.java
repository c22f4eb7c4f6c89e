package io.tidecast.app.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Local times as CSV files carry them, through the changes of clocks. */
class TimestampsTest {
  @Provide
  Arbitrary<String> zones() {
    return Arbitraries.of(
        "Europe/Berlin",
        "America/New_York",
        "Australia/Lord_Howe",
        "America/Santiago",
        "Africa/Casablanca",
        "Pacific/Chatham",
        "Asia/Kolkata",
        "UTC");
  }

  @Property(tries = 300, seed = "1")
  void readings_in_order_keep_their_instants_through_every_change_of_clocks(
      @ForAll("zones") String name,
      @ForAll @IntRange(min = 0, max = 12_000) int day,
      @ForAll @IntRange(min = 1, max = 30) int minutes) {
    ZoneId zone = ZoneId.of(name);
    Instant from = Instant.parse("1995-01-01T12:00:00Z").plus(Duration.ofDays(day));
    var change = zone.getRules().nextTransition(from);
    // A day before a change of the clocks, where the zone has one.
    Instant start = change == null ? from : change.getInstant().minus(Duration.ofDays(1));
    Timestamps timestamps = new Timestamps(zone);
    for (int i = 0; (long) i * minutes < Duration.ofDays(2).toMinutes(); i++) {
      Instant time = start.plus(Duration.ofMinutes((long) i * minutes));
      String text = LocalDateTime.ofInstant(time, zone).toString();
      assertThat(Instant.ofEpochMilli(timestamps.parse(text))).as(text).isEqualTo(time);
    }
  }

  @Test
  void a_time_that_was_skipped_is_moved_on_and_one_that_names_its_offset_is_taken_at_its_word() {
    Timestamps berlin = new Timestamps(ZoneId.of("Europe/Berlin"));
    assertThat(berlin.parse("2024-03-31 02:30")).isEqualTo(instant("2024-03-31T01:30:00Z"));
    assertThat(berlin.parse("2024-10-27T02:30+01:00")).isEqualTo(instant("2024-10-27T01:30:00Z"));
    assertThat(berlin.parse("2024-10-27 02:30")).isEqualTo(instant("2024-10-27T00:30:00Z"));
    assertThat(berlin.parse("2024-10-27 02:30")).isEqualTo(instant("2024-10-27T01:30:00Z"));
  }

  private static long instant(String text) {
    return Instant.parse(text).toEpochMilli();
  }
}
