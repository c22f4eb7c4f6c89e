package io.tidecast.engine.supervised;

import io.tidecast.engine.Learner;
import io.tidecast.engine.Rejection;
import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.inference.PosteriorSummary;
import io.tidecast.engine.state.Snapshot;
import io.tidecast.engine.state.StateReader;
import io.tidecast.engine.state.StateWriter;
import io.tidecast.engine.state.UnreadableStateException;
import io.tidecast.engine.supervised.OpenBatch.Event;
import io.tidecast.engine.supervised.SampleInput.Sample;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;

/**
 * Learns from labelled samples and predicts the label of each before it is learned, for classes and
 * for targets, by a pool of simple experts and a Bayesian network.
 *
 * <p>Samples gather in a mini-batch, which is cut when it is full or by a {@link
 * SampleInput.BatchCut}. At a cut new samples are predicted and labels are scored and learned by
 * the simple experts, in the order of their arrival; then the network learns from the fresh labels
 * and from replayed ones.
 */
public final class SupervisedLearner implements Learner<SampleInput, SampleOutput> {
  private static final String KIND = "supervised-learner";
  private static final String LEARNER = "learner";
  private static final String NETWORK = "network";
  private static final int MOST_STREAMS = 100_000;

  private final SupervisedSettings settings;
  private final SampleChecks checks;
  private final InputLayout layout;
  private final RunningScale scale;
  private final Map<String, StreamState> streams = new TreeMap<>();
  private final PendingSamples pending;
  private final ReplayBuffer replay;
  private final Trainer trainer;
  private final DriftRule drift;
  private final TaskModel pool;
  private final SampleNetwork network;
  private final OpenBatch batch = new OpenBatch();

  /** Samples that the snapshots so far hold, and whether they have changed no more since. */
  private final Map<Long, Boolean> saved = new TreeMap<>();

  private long samples;
  private long epoch = 1;

  SupervisedLearner(SupervisedSettings settings, IntFunction<SampleNetwork> networks) {
    this.settings = settings;
    checks = new SampleChecks(settings);
    int history = LabelHistory.width(settings.inputs(), settings.task());
    layout = new InputLayout(settings.inputs(), history);
    scale = new RunningScale(layout.groups());
    pending = new PendingSamples(settings.pending());
    replay = new ReplayBuffer(settings.training().replayRows(), layout.width());
    trainer = new Trainer(settings, layout, scale);
    drift = new DriftRule(settings.learning().memory().nEff(), settings.training().replayRows());
    pool =
        settings.task() instanceof Task.Classification c
            ? new ClassPool(c, layout.width())
            : new ValuePool(layout.width());
    network = networks.apply(layout.width());
  }

  /**
   * A learner that has seen nothing yet.
   *
   * @param device where its network computes; stays open when the learner closes
   */
  public static SupervisedLearner create(SupervisedSettings settings, ComputeDevice device) {
    return new SupervisedLearner(
        settings, inputs -> new TensorSampleNetwork(device, settings, inputs));
  }

  @Override
  public Optional<Rejection> check(SampleInput input) {
    if (!(input instanceof Sample sample)) {
      return Optional.empty();
    }
    return checks.check(sample).or(() -> checkAgainstState(sample));
  }

  private Optional<Rejection> checkAgainstState(Sample s) {
    boolean waits = pending.find(s.streamId(), s.sampleId()) != null;
    boolean labelled = pending.wasLabelled(s.streamId(), s.sampleId());
    if (s.label() == null && (waits || labelled)) {
      return SampleChecks.refuse(
          "DUPLICATE_SAMPLE",
          s,
          labelled ? "it has had its label" : "it was predicted and waits for its label");
    }
    if (s.label() != null && labelled && !waits) {
      return SampleChecks.refuse("LABEL_TWICE", s, "it has had its label; the first one counts");
    }
    if (s.features().length == 0 && !waits) {
      return SampleChecks.refuse(
          "UNKNOWN_SAMPLE",
          s,
          "a label without features, and no sample of this name waits for one; the newest %d are kept for %s"
              .formatted(settings.pending().samples(), settings.pending().age()));
    }
    if (!streams.containsKey(s.streamId()) && streams.size() >= MOST_STREAMS) {
      return SampleChecks.refuse(
          "TOO_MANY_STREAMS", s, "at most %d streams per partition".formatted(MOST_STREAMS));
    }
    return Optional.empty();
  }

  @Override
  public List<SampleOutput> accept(SampleInput input) {
    List<SampleOutput> outputs = new ArrayList<>();
    if (input instanceof Sample sample) {
      accept(sample);
      if (batch.inputs() >= settings.training().batchSize()) {
        cut(outputs);
      }
    } else {
      cut(outputs);
    }
    return outputs;
  }

  private void accept(Sample s) {
    StreamState stream = streams.computeIfAbsent(s.streamId(), id -> new StreamState(id, settings));
    OpenSample waiting = pending.find(s.streamId(), s.sampleId());
    OpenSample sample = waiting == null ? open(s, stream) : waiting;
    batch.add(sample, waiting == null, s.label());
    Double label = s.label();
    if (label == null) {
      pending.add(sample);
    } else {
      pending.label(s.streamId(), s.sampleId());
      stream.history().reveal(settings.task(), pool.code(label));
      stream.setChanged(true);
    }
    pending.advance(s.timestamp());
  }

  private OpenSample open(Sample s, StreamState stream) {
    float[] row = layout.row(s.features());
    layout.addTo(scale, row);
    stream.history().copyTo(row, layout.history());
    return new OpenSample(
        samples++,
        s.sampleId(),
        s.streamId(),
        s.timestamp(),
        row,
        stream.history().lastClass(),
        new double[0]);
  }

  private void cut(List<SampleOutput> outputs) {
    if (batch.isEmpty()) {
      return;
    }
    List<Event> events = batch.cut();
    List<OpenSample> fresh =
        events.stream().filter(e -> e.label() == null).map(Event::sample).toList();
    float[] x = trainer.inputs(fresh);
    List<NetworkView> views = fresh.isEmpty() ? List.of() : network.predict(x, fresh.size());
    TaskModel.Version version = new TaskModel.Version(epoch, network.steps());
    int predicted = 0;
    int labelled = 0;
    for (Event event : events) {
      OpenSample sample = event.sample();
      Double label = event.label();
      if (label == null) {
        int at = predicted * layout.width();
        outputs.add(pool.predict(sample, x, at, views.get(predicted), version));
        predicted++;
      } else {
        pool.reveal(label);
        outputs.add(pool.learn(sample, trainer.inputs(List.of(sample)), 0, label));
        replay.add(sample.row(), label);
        drift.add(pool.networkLoss());
        labelled++;
      }
    }
    if (labelled > 0) {
      adaptMemory(labelled);
      trainer.learn(replay, labelled, drift.replayRows(), batch.cuts(), pool, network);
    }
  }

  private void adaptMemory(int labelled) {
    if (settings.training().drift()) {
      drift.adapt(labelled);
      network.setMemory(drift.memory());
    }
  }

  @Override
  public Optional<PosteriorSummary> posterior() {
    return Optional.of(network.summary());
  }

  @Override
  public boolean awaitsCut() {
    return !batch.isEmpty();
  }

  /** Samples that wait for their label. */
  public int pendingSamples() {
    return pending.size();
  }

  /** Samples that were dropped without a label. */
  public long expiredSamples() {
    return pending.expired();
  }

  /** Number of weights of the network. */
  public int parameters() {
    return network.parameters();
  }

  @Override
  public byte[] encode(SampleInput input) {
    return SampleCodec.encode(input);
  }

  @Override
  public SampleInput decode(byte[] bytes) {
    return SampleCodec.decode(bytes);
  }

  /** Samples that are part of the state, by number. */
  private Map<Long, OpenSample> open() {
    Map<Long, OpenSample> open = new TreeMap<>();
    pending.all().forEach(sample -> open.put(sample.number(), sample));
    batch.events().forEach(event -> open.put(event.sample().number(), event.sample()));
    return open;
  }

  @Override
  public Snapshot snapshot() {
    Map<String, byte[]> changed = new LinkedHashMap<>();
    changed.put(LEARNER, saveLearner().toBytes());
    changed.put(NETWORK, saveNetwork());
    replay.saveChanged(changed);
    for (StreamState stream : streams.values()) {
      if (stream.isChanged()) {
        changed.put(StreamState.PREFIX + stream.id(), stream.save());
        stream.setChanged(false);
      }
    }
    Set<String> removed = new TreeSet<>();
    Map<Long, OpenSample> open = open();
    for (long number : saved.keySet()) {
      if (!open.containsKey(number)) {
        removed.add(OpenSample.entry(number));
      }
    }
    saved.keySet().retainAll(open.keySet());
    for (OpenSample sample : open.values()) {
      if (!saved.getOrDefault(sample.number(), false)) {
        changed.put(OpenSample.entry(sample.number()), sample.save());
        saved.put(sample.number(), sample.isPredicted());
      }
    }
    return new Snapshot(changed, removed);
  }

  @Override
  public long snapshotBytes() {
    long rows = (long) pending.size() + batch.events().size();
    return 1024 + 20L * network.parameters() + replay.changedBytes() + 4L * layout.width() * rows;
  }

  private StateWriter saveLearner() {
    StateWriter out =
        new StateWriter(KIND, 1)
            .putString("settings", settings.stateRelevant())
            .putLong("epoch", epoch)
            .putLong("samples", samples)
            .putLong("replayed", replay.added())
            .putInt("streams", streams.size())
            .putState("scale", scale.save())
            .putState("pool", pool.save())
            .putState("pending", pending.save());
    drift.saveTo(out);
    batch.saveTo(out);
    return out;
  }

  private byte[] saveNetwork() {
    StateWriter out = new StateWriter(NETWORK, 1);
    network.saveTo(out);
    return out.toBytes();
  }

  @Override
  public void restore(Map<String, byte[]> entries) {
    if (samples > 0) {
      throw new IllegalStateException("a learner that has accepted inputs takes over no state");
    }
    StateReader in = new StateReader(KIND, 1, Entries.require(entries, LEARNER));
    String written = in.getString("settings");
    if (!written.equals(settings.stateRelevant())) {
      throw new UnreadableStateException(
          "the state was written under other settings: %s; now %s; set them back or reset the state"
              .formatted(written, settings.stateRelevant()));
    }
    epoch = in.getLong("epoch");
    samples = in.getLong("samples");
    scale.restore(in, "scale");
    pool.restore(in.getState("pool", pool.kind(), pool.version()));
    drift.restore(in);
    replay.restore(in.getLong("replayed"), entries);
    network.restore(new StateReader(NETWORK, 1, Entries.require(entries, NETWORK)));
    Map<Long, OpenSample> open = new HashMap<>();
    for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
      if (entry.getKey().startsWith(StreamState.PREFIX)) {
        StreamState stream = StreamState.restored(entry.getValue(), settings);
        streams.put(stream.id(), stream);
      } else if (OpenSample.isEntry(entry.getKey())) {
        OpenSample sample = OpenSample.restored(entry.getValue(), layout.width());
        open.put(sample.number(), sample);
      }
    }
    if (streams.size() != in.getInt("streams")) {
      throw new UnreadableStateException(
          "the state has %d stream entries, expected %d"
              .formatted(streams.size(), in.getInt("streams")));
    }
    open.forEach((number, sample) -> saved.put(number, sample.isPredicted()));
    pending.restore(in, "pending", open);
    batch.restore(in, open);
  }

  @Override
  public String stateHash() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(saveLearner().toBytes());
      digest.update(saveNetwork());
      for (int block = 0; block < replay.blocks(); block++) {
        digest.update(replay.bytes(block));
      }
      streams.values().forEach(stream -> digest.update(stream.save()));
      open().values().forEach(sample -> digest.update(sample.save()));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public void close() {
    network.close();
  }
}
