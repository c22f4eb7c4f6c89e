package io.tidecast.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidecast.platform.LocalPlatform;
import io.tidecast.platform.LocalPlatformSettings;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code tidecast chaos}. */
class ChaosIT {
  private static final long SEED = 7;
  private static final int OBSERVATIONS = 4_000;

  @TempDir private Path folder;

  @Test
  void after_kills_and_bad_input_everything_equals_the_quiet_run_bit_for_bit() throws Exception {
    List<Fault> faults =
        List.of(Fault.KILLED_WHILE_LEARNING, Fault.BROKER_KILLED, Fault.STATE_DELETED);
    try (LocalPlatform platform =
        LocalPlatform.start(LocalPlatformSettings.temporary().withBrokers(3))) {
      ChaosReport report =
          new Campaign(platform, folder, SEED, faults, OBSERVATIONS, System.out::println).run();

      assertThat(report.lost()).as("%s", report).isZero();
      assertThat(report.duplicated()).as("%s", report).isZero();
      assertThat(report.hashEqual()).as("%s", report).isTrue();
      assertThat(report.badInputsTried()).isGreaterThanOrEqualTo(60);
      assertThat(report.wronglyAccepted()).isEmpty();
      assertThat(report.results()).hasSize(3);
    }
  }

  @Test
  void the_same_seed_draws_the_same_faults_and_every_kind_is_among_twenty() {
    assertThat(Campaign.draw(20, SEED)).hasSize(20).containsAll(List.of(Fault.values()));
    assertThat(Campaign.draw(20, SEED)).isEqualTo(Campaign.draw(20, SEED));
    assertThat(Campaign.draw(20, SEED)).isNotEqualTo(Campaign.draw(20, SEED + 1));
  }
}
