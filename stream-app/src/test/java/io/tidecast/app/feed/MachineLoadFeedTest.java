package io.tidecast.app.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MachineLoadFeedTest {

  @Test
  void readings_follow_each_other_on_the_grid_and_none_is_the_echo_of_the_one_before()
      throws InterruptedException {
    List<Double> memory = new ArrayList<>();
    List<Long> times = new ArrayList<>();
    try (MachineLoadFeed feed = new MachineLoadFeed()) {
      List<byte[]> ballast = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        List<Reading> row = feed.next();
        assertThat(row).extracting(Reading::seriesId).isEqualTo(MachineLoadFeed.series());
        assertThat(row)
            .allSatisfy(r -> assertThat(r.value()).isFinite().isNotNegative())
            .allSatisfy(
                r -> assertThat(r.timestamp() % MachineLoadFeed.INTERVAL.toMillis()).isZero());
        assertThat(row.subList(0, 2))
            .allSatisfy(r -> assertThat(r.value()).isLessThanOrEqualTo(100));
        times.add(row.get(0).timestamp());
        memory.add(row.get(1).value());
        ballast.add(touched(8 << 20));
      }
      assertThat(ballast).hasSize(6);
    }
    assertThat(times).isSorted().doesNotHaveDuplicates();
    assertThat(memory).as("each reading is fresh").doesNotHaveDuplicates();
  }

  private static byte[] touched(int bytes) {
    byte[] block = new byte[bytes];
    Arrays.fill(block, (byte) 1);
    return block;
  }
}
