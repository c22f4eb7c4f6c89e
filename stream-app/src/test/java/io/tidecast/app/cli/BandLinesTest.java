package io.tidecast.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidecast.schemas.avro.Coverage;
import io.tidecast.schemas.avro.Forecast;
import io.tidecast.schemas.avro.LeadTime;
import io.tidecast.schemas.avro.ModelVersion;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BandLinesTest {
  @Test
  void a_line_tells_the_median_the_band_and_how_often_it_held() {
    List<String> lines = BandLines.of(List.of(forecast("pump-7")), Map.of(), 10);
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0)).contains("pump-7", "+1:    2.000 [   1.000 …    3.000]", "held 91 %");
  }

  @Test
  void the_name_of_a_series_cannot_command_the_terminal() {
    List<String> lines = BandLines.of(List.of(forecast("\u001b[2J\u0007a\nb")), Map.of(), 10);
    assertThat(lines).hasSize(1).allMatch(line -> line.chars().noneMatch(Character::isISOControl));
  }

  private static Forecast forecast(String id) {
    LeadTime lead = new LeadTime(1, 2.0, List.of(1.0, 2.0, 3.0), 0.1, 0.5, List.of(1.0));
    return new Forecast(
        id,
        0L,
        new ModelVersion(1L, 1L),
        10L,
        1_000L,
        List.of(.05, .5, .95),
        List.of(lead),
        List.of("network"),
        new Coverage(null, null, 0.91, null),
        false,
        List.of());
  }
}
