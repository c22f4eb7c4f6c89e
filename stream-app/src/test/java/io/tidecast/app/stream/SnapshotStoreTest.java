package io.tidecast.app.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidecast.engine.state.Snapshot;
import io.tidecast.engine.state.UnreadableStateException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** Journal and snapshots: what a restart finds in the stores, whenever it comes. */
class SnapshotStoreTest {
  private static final int CHUNK = SnapshotStore.CHUNK_BYTES;
  private static final long ALL = Long.MAX_VALUE;

  private final KeyValueStore<String, byte[]> store = store("snapshot", Serdes.String());

  @Test
  void an_entry_of_ten_million_numbers_comes_back_from_chunks_that_fit_a_record() {
    byte[] posterior = new byte[4 * 10_000_000];
    new Random(1).nextBytes(posterior);
    SnapshotStore snapshots = new SnapshotStore(store);
    snapshots.read();
    snapshots.begin(at(5), changed(Map.of("posterior", posterior)));
    int slices = 1;
    while (!snapshots.writeOn(4 * 1024 * 1024)) {
      slices++;
    }

    assertThat(slices).isEqualTo(10);
    assertThat(sizes().values()).allMatch(size -> size <= 512 * 1024);
    SnapshotStore.Saved saved = new SnapshotStore(store).read();
    assertThat(saved.at()).isEqualTo(at(5));
    assertThat(Arrays.equals(saved.entries().get("posterior"), posterior)).isTrue();
  }

  @Test
  void entries_of_every_length_about_a_chunk_come_back() {
    for (int length : new int[] {0, 1, CHUNK - 13, CHUNK - 12, CHUNK - 11, CHUNK, 2 * CHUNK - 12}) {
      SnapshotStore snapshots = new SnapshotStore(store);
      snapshots.read();
      snapshots.begin(at(length), changed(Map.of("a", filled(length, 3))));
      assertThat(snapshots.writeOn(ALL)).isTrue();
      assertThat(new SnapshotStore(store).read().entries().get("a")).isEqualTo(filled(length, 3));
    }
  }

  @Test
  void a_snapshot_counts_once_it_is_whole_and_leaves_nothing_of_the_old_one_behind() {
    SnapshotStore snapshots = new SnapshotStore(store);
    snapshots.read();
    snapshots.begin(at(1), changed(Map.of("a", filled(3 * CHUNK, 1), "b", filled(10, 1))));
    snapshots.writeOn(ALL);
    snapshots.begin(at(2), changed(Map.of("a", filled(2 * CHUNK, 2))));
    assertThat(snapshots.writeOn(CHUNK)).isFalse();

    SnapshotStore.Saved before = new SnapshotStore(store).read();
    assertThat(before.at()).isEqualTo(at(1));
    assertThat(before.entries().get("a")).isEqualTo(filled(3 * CHUNK, 1));

    assertThat(snapshots.writeOn(ALL)).isTrue();
    SnapshotStore.Saved after = new SnapshotStore(store).read();
    assertThat(after.at()).isEqualTo(at(2));
    assertThat(after.entries().get("a")).isEqualTo(filled(2 * CHUNK, 2));
    assertThat(after.entries().get("b")).isEqualTo(filled(10, 1));
    assertThat(sizes()).hasSize(5);
  }

  @Test
  void a_snapshot_that_a_crash_cut_short_is_cleared_away_by_the_next() {
    SnapshotStore cutShort = new SnapshotStore(store);
    cutShort.read();
    cutShort.begin(at(1), changed(Map.of("a", filled(10, 1), "gone", filled(10, 1))));
    cutShort.writeOn(ALL);
    cutShort.begin(at(5), changed(Map.of("a", filled(10, 2), "gone", filled(4 * CHUNK, 2))));
    assertThat(cutShort.writeOn(2 * CHUNK)).isFalse();

    SnapshotStore restarted = new SnapshotStore(store);
    assertThat(restarted.read().entries().get("gone")).isEqualTo(filled(10, 1));
    restarted.begin(at(9), new Snapshot(Map.of("a", filled(10, 3)), Set.of("gone")));
    restarted.writeOn(ALL);

    assertThat(new SnapshotStore(store).read().entries())
        .containsOnlyKeys("a")
        .containsEntry("a", filled(10, 3));
    assertThat(sizes()).hasSize(2);
  }

  @Test
  void a_store_of_the_first_format_is_read_and_goes_on_in_the_second() {
    store.put("manifest", ByteBuffer.allocate(9).put((byte) 1).putLong(7).array());
    store.put("entry/a@0#000000", filled(CHUNK, 1));
    store.put("entry/a@0#000001", filled(3, 1));
    store.put("entry/b#000000", filled(4, 1));
    SnapshotStore snapshots = new SnapshotStore(store);
    SnapshotStore.Saved old = snapshots.read();
    assertThat(old.at()).isEqualTo(new Journal.Mark(7, 0, 0));
    assertThat(old.entries())
        .containsOnlyKeys("a@0", "b")
        .containsEntry("a@0", filled(CHUNK + 3, 1));

    snapshots.begin(at(8), changed(Map.of("a@0", filled(2, 2))));
    snapshots.writeOn(ALL);
    assertThat(new SnapshotStore(store).read().entries())
        .containsOnlyKeys("a@0", "b")
        .containsEntry("a@0", filled(2, 2))
        .containsEntry("b", filled(4, 1));
    assertThat(sizes()).containsOnlyKeys("manifest", "part/a@0@0#000000", "entry/b#000000");
  }

  @Test
  void a_store_of_a_newer_format_is_refused_by_name() {
    store.put("manifest", ByteBuffer.allocate(9).put((byte) 3).putLong(7).array());
    assertThatThrownBy(() -> new SnapshotStore(store).read())
        .isInstanceOf(UnreadableStateException.class)
        .hasMessageContaining("format 3 is newer than 2");
  }

  /**
   * Inputs, snapshots that begin, slices of them, and crashes, in any order: what is rebuilt after
   * a crash is what there was.
   */
  @Property(tries = 300, seed = "4")
  void whatever_the_order_a_restart_finds_every_input_once(
      @ForAll @Size(min = 1, max = 120) List<@IntRange(min = 0, max = 9) Integer> actions) {
    KeyValueStore<Long, byte[]> journalStore = store("journal", Serdes.Long());
    KeyValueStore<String, byte[]> snapshotStore = store("snapshot", Serdes.String());
    StringBuilder all = new StringBuilder();
    Rebuilt learner = new Rebuilt(journalStore, snapshotStore);
    for (int action : actions) {
      if (action < 6) {
        String input = (char) ('a' + all.length() % 26) + "";
        all.append(input);
        learner.journal.append(input.getBytes(UTF_8));
        learner.learn(input);
      } else if (action == 6 && !learner.snapshots.isWriting()) {
        learner.snapshots.begin(learner.journal.mark(), learner.snapshot());
      } else if (action < 9) {
        if (learner.snapshots.isWriting() && learner.snapshots.writeOn(1)) {
          learner.journal.restart();
        }
      } else {
        learner = new Rebuilt(journalStore, snapshotStore);
      }
      assertThat(learner.inputs()).isEqualTo(all.length());
    }
    assertThat(new Rebuilt(journalStore, snapshotStore).content()).isEqualTo(learner.content());
    assertThat(learner.journal.sequence()).isEqualTo(all.length());
  }

  /** Keeps its inputs in three entries in turn, and snapshots those that changed. */
  private static final class Rebuilt {
    private final Map<String, String> entries = new HashMap<>();
    private final Set<String> changed = new HashSet<>();
    private final Journal journal;
    private final SnapshotStore snapshots;

    Rebuilt(KeyValueStore<Long, byte[]> journalStore, KeyValueStore<String, byte[]> snapshotStore) {
      journal = new Journal(journalStore);
      snapshots = new SnapshotStore(snapshotStore);
      SnapshotStore.Saved saved = snapshots.read();
      saved.entries().forEach((name, bytes) -> entries.put(name, new String(bytes, UTF_8)));
      journal.replay(saved.at(), bytes -> learn(new String(bytes, UTF_8)));
    }

    void learn(String input) {
      String entry = "e" + inputs() % 3;
      entries.merge(entry, input, String::concat);
      changed.add(entry);
    }

    int inputs() {
      return entries.values().stream().mapToInt(String::length).sum();
    }

    Snapshot snapshot() {
      Map<String, byte[]> bytes = new HashMap<>();
      changed.forEach(name -> bytes.put(name, entries.getOrDefault(name, "").getBytes(UTF_8)));
      changed.clear();
      return new Snapshot(bytes, Set.of());
    }

    Map<String, String> content() {
      return entries;
    }
  }

  private static Journal.Mark at(long sequence) {
    return new Journal.Mark(sequence, 1, sequence % 3);
  }

  private static Snapshot changed(Map<String, byte[]> entries) {
    return new Snapshot(entries, Set.of());
  }

  private static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private Map<String, Integer> sizes() {
    Map<String, Integer> sizes = new HashMap<>();
    try (KeyValueIterator<String, byte[]> all = store.all()) {
      all.forEachRemaining(kv -> sizes.put(kv.key, kv.value.length));
    }
    return sizes;
  }

  private static <K> KeyValueStore<K, byte[]> store(String name, Serde<K> keys) {
    KeyValueStore<K, byte[]> store =
        Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), keys, Serdes.ByteArray())
            .withLoggingDisabled()
            .withCachingDisabled()
            .build();
    store.init(new MockProcessorContext<>().getStateStoreContext(), store);
    return store;
  }
}
