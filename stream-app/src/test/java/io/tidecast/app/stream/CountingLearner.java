package io.tidecast.app.stream;

import io.tidecast.engine.Learner;
import io.tidecast.engine.Rejection;
import io.tidecast.engine.forecast.ForecastInput;
import io.tidecast.engine.forecast.ForecastOutput;
import io.tidecast.engine.forecast.ForecastOutput.SeriesForecast;
import io.tidecast.engine.inference.PosteriorSummary;
import io.tidecast.engine.state.Snapshot;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A learner whose state is a running hash of everything it has accepted, in batches of two: a lost,
 * repeated or reordered input changes every later output.
 */
final class CountingLearner implements Learner<ForecastInput, ForecastOutput> {
  private static final int BATCH = 2;

  private final int ballast;
  private final List<ForecastInput.Observation> batch = new ArrayList<>();
  private long accepted;
  private long steps;
  private long hash = 7;

  /**
   * A learner.
   *
   * @param ballast bytes that each snapshot carries besides
   */
  CountingLearner(int ballast) {
    this.ballast = ballast;
  }

  @Override
  public Optional<Rejection> check(ForecastInput input) {
    return input instanceof ForecastInput.Observation o && o.timestamp() < 0
        ? Optional.of(
            new Rejection("IMPOSSIBLE_TIMESTAMP", "series '" + o.seriesId() + "': before 1970"))
        : Optional.empty();
  }

  @Override
  public Optional<PosteriorSummary> posterior() {
    return Optional.empty();
  }

  @Override
  public List<ForecastOutput> accept(ForecastInput input) {
    accepted++;
    if (input instanceof ForecastInput.Observation o) {
      batch.add(o);
      hash = 31 * hash + o.hashCode();
      if (batch.size() < BATCH) {
        return List.of();
      }
    } else {
      hash = 31 * hash + 1;
    }
    steps++;
    List<ForecastOutput> outputs = new ArrayList<>();
    for (ForecastInput.Observation o : batch) {
      outputs.add(forecast(o));
    }
    batch.clear();
    return outputs;
  }

  private SeriesForecast forecast(ForecastInput.Observation o) {
    return new SeriesForecast(
        o.seriesId(),
        o.timestamp(),
        1,
        steps,
        accepted,
        1000,
        new double[] {.5},
        new double[] {hash},
        new double[][] {{hash}},
        new double[] {0},
        new double[] {1},
        new String[] {"hash"},
        new double[][] {{1}},
        Double.NaN,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        true,
        new double[0][]);
  }

  @Override
  public boolean awaitsCut() {
    return !batch.isEmpty();
  }

  @Override
  public byte[] encode(ForecastInput input) {
    if (input instanceof ForecastInput.Observation o) {
      byte[] id = o.seriesId().getBytes(StandardCharsets.UTF_8);
      return ByteBuffer.allocate(16 + id.length)
          .putLong(o.timestamp())
          .putDouble(o.value())
          .put(id)
          .array();
    }
    return new byte[0];
  }

  @Override
  public ForecastInput decode(byte[] bytes) {
    if (bytes.length == 0) {
      return new ForecastInput.BatchCut();
    }
    ByteBuffer b = ByteBuffer.wrap(bytes);
    long timestamp = b.getLong();
    double value = b.getDouble();
    return new ForecastInput.Observation(
        new String(bytes, 16, bytes.length - 16, StandardCharsets.UTF_8), timestamp, value);
  }

  @Override
  public Snapshot snapshot() {
    ByteBuffer b = ByteBuffer.allocate((int) snapshotBytes());
    b.putLong(accepted).putLong(steps).putLong(hash).putInt(batch.size());
    for (ForecastInput.Observation o : batch) {
      byte[] bytes = encode(o);
      b.putInt(bytes.length).put(bytes);
    }
    return new Snapshot(Map.of("state", b.array()), Set.of());
  }

  @Override
  public long snapshotBytes() {
    return 28 + batch.stream().mapToLong(o -> 4 + encode(o).length).sum() + ballast;
  }

  @Override
  public void restore(Map<String, byte[]> entries) {
    ByteBuffer b = ByteBuffer.wrap(entries.getOrDefault("state", new byte[0]));
    accepted = b.getLong();
    steps = b.getLong();
    hash = b.getLong();
    int n = b.getInt();
    for (int i = 0; i < n; i++) {
      byte[] bytes = new byte[b.getInt()];
      b.get(bytes);
      batch.add((ForecastInput.Observation) decode(bytes));
    }
  }

  @Override
  public String stateHash() {
    return Long.toHexString(hash) + "/" + accepted + "/" + batch.size();
  }

  @Override
  public void close() {
    batch.clear();
  }
}
