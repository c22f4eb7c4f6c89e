package io.tidecast.app.service;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidecast.app.config.ConfigSources;
import io.tidecast.app.config.TidecastConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

class FailurePolicyTest {
  @TempDir private Path folder;
  private final TidecastConfig config = new ConfigSources().load();
  private final AtomicLong learned = new AtomicLong();

  @Test
  void an_outage_is_outlasted_however_often_it_strikes() {
    FailurePolicy policy = policy();
    for (int i = 0; i < 2 * FailurePolicy.ATTEMPTS_WITHOUT_PROGRESS; i++) {
      Thread.currentThread().interrupt(); // no pause in a test
      assertThat(policy.handle(new StreamsException(new TimeoutException("no broker"))))
          .isEqualTo(REPLACE_THREAD);
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(policy.reasonToStop()).isEmpty();
  }

  @Test
  void what_needs_a_person_stops_at_once_with_the_reason() {
    assertStops(
        new TopicAuthorizationException(Set.of("forecasts")),
        "WRITE on topic 'forecasts' (to publish forecasts)");
    assertStops(new SaslAuthenticationException("wrong"), "refuses our credentials: wrong");
    assertStops(new OutOfMemoryError("heap"), "heap");
  }

  @Test
  void a_record_too_large_is_named_with_its_topic_and_what_to_do() {
    RecordTooLargeException e =
        UndeliverableRecords.tooLarge(
            new ProducerRecord<>("forecasts", new byte[2_000_000]),
            new RecordTooLargeException("limit"));
    assertStops(
        new StreamsException(e), "topic 'forecasts': a record of 2,000,000 bytes is larger than");
    assertStops(new StreamsException(e), "lower forecast.horizon");
  }

  @Test
  void a_fault_of_ours_is_tried_again_only_while_records_are_learned_in_between() {
    FailurePolicy policy = policy();
    for (int i = 0; i < 3 * FailurePolicy.ATTEMPTS_WITHOUT_PROGRESS; i++) {
      learned.incrementAndGet();
      Thread.currentThread().interrupt();
      assertThat(policy.handle(new IllegalStateException("bug"))).isEqualTo(REPLACE_THREAD);
      assertThat(Thread.interrupted()).isTrue();
    }
    for (int i = 1; i < FailurePolicy.ATTEMPTS_WITHOUT_PROGRESS - 1; i++) {
      Thread.currentThread().interrupt();
      assertThat(policy.handle(new IllegalStateException("bug"))).isEqualTo(REPLACE_THREAD);
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(policy.handle(new IllegalStateException("bug"))).isEqualTo(SHUTDOWN_CLIENT);
    assertThat(policy.reasonToStop()).hasValueSatisfying(r -> assertThat(r).contains("bug"));
  }

  @Test
  void a_damaged_local_copy_is_thrown_away_at_the_next_start() throws Exception {
    Path store = Files.createDirectories(folder.resolve("app").resolve("0_1"));
    Files.writeString(store.resolve("CURRENT"), "noise");
    LocalState local = new LocalState(folder, "app");
    local.removeIfCondemned();
    assertThat(store).exists();

    FailurePolicy policy = new FailurePolicy(LeastPrivileges.of(config), local, learned::get);
    RocksDBException corrupt =
        new RocksDBException(new Status(Status.Code.Corruption, Status.SubCode.None, "checksum"));
    assertThat(policy.handle(new ProcessorStateException("cannot read", corrupt)))
        .isEqualTo(SHUTDOWN_CLIENT);
    local.removeIfCondemned();
    assertThat(folder).isEmptyDirectory();
  }

  private FailurePolicy policy() {
    return new FailurePolicy(
        LeastPrivileges.of(config), new LocalState(folder, "app"), learned::get);
  }

  private void assertStops(Throwable failure, String reason) {
    FailurePolicy policy = policy();
    assertThat(policy.handle(failure)).isEqualTo(SHUTDOWN_CLIENT);
    assertThat(policy.reasonToStop()).hasValueSatisfying(r -> assertThat(r).contains(reason));
  }
}
