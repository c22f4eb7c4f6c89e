package io.tidecast.app.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class MachineLoadFeedTest {

  @Test
  void readings_follow_each_other_on_the_grid_and_none_is_the_echo_of_the_one_before()
      throws InterruptedException {
    List<Double> memory = new ArrayList<>();
    List<Long> times = new ArrayList<>();
    try (MachineLoadFeed feed = new MachineLoadFeed()) {
      // Fresh native pages: the heap's may have been touched long ago, and an idle machine's memory
      // stands still.
      List<ByteBuffer> ballast = new ArrayList<>();
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
        ballast.add(ByteBuffer.allocateDirect(32 << 20));
      }
      assertThat(ballast).hasSize(6);
    }
    assertThat(times).isSorted().doesNotHaveDuplicates();
    // An echo of a quarter of a second ago would leave three; a busy kernel's own count, which it
    // brings up to date once a second, may stand still between two.
    assertThat(new HashSet<>(memory)).as("readings are fresh").hasSizeGreaterThanOrEqualTo(4);
  }
}
