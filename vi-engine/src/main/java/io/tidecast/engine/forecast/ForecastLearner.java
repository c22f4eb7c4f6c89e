package io.tidecast.engine.forecast;

import io.tidecast.engine.Learner;
import io.tidecast.engine.Rejection;
import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.forecast.ForecastInput.BatchCut;
import io.tidecast.engine.forecast.ForecastInput.Observation;
import io.tidecast.engine.forecast.ForecastOutput.SeriesScore;
import io.tidecast.engine.inference.PosteriorSummary;
import io.tidecast.engine.state.Snapshot;
import io.tidecast.engine.state.StateReader;
import io.tidecast.engine.state.StateWriter;
import io.tidecast.engine.state.UnreadableStateException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Learns from the observations of many series and forecasts each of them, with one network for all
 * and a scale, experts, a pool and bands for each.
 *
 * <p>Observations gather in a mini-batch with at most one step of each series. It is cut when it is
 * full, when every series that was in one of the last two batches is in it, when a series in it
 * gets its next step, when half an interval has passed in the observations' own time, or by a
 * {@link BatchCut}. At a cut the forecasts for the new steps are scored, the network learns, and
 * each of these series is forecast from its new step. A step at which an observation arrived is an
 * origin; one that was only filled in is not. Lead times count steps of the grid.
 */
public final class ForecastLearner implements Learner<ForecastInput, ForecastOutput> {
  /** Entries of a snapshot whose names begin with this hold a series each. */
  public static final String SERIES = "series/";

  private static final String KIND = "forecast-learner";
  private static final String LEARNER = "learner";
  private static final String POSTERIOR = "posterior";

  private final ForecastSettings settings;
  private final Function<FeatureLayout, ForecastNetwork> networks;
  private final InputChecks checks;
  private final Map<String, SeriesState> byId = new LinkedHashMap<>();
  private final List<SeriesState> all = new ArrayList<>();
  private OpenBatch batch = new OpenBatch();
  private @Nullable Forecaster forecaster;
  private long epoch = 1;
  private long posteriorBytes = 64 << 10;
  private long seriesBytes = 64 << 10;

  ForecastLearner(ForecastSettings settings, Function<FeatureLayout, ForecastNetwork> networks) {
    this.settings = settings;
    this.networks = networks;
    this.checks = new InputChecks(settings);
  }

  /**
   * A learner that has seen nothing yet.
   *
   * @param device where its network computes; stays open when the learner closes
   */
  public static ForecastLearner create(ForecastSettings settings, ComputeDevice device) {
    return new ForecastLearner(
        settings, layout -> new TensorNetwork(device, layout, settings.seed()));
  }

  @Override
  public Optional<Rejection> check(ForecastInput input) {
    if (!(input instanceof Observation observation)) {
      return Optional.empty();
    }
    return checks.check(observation).or(() -> checkAgainstState(observation));
  }

  private Optional<Rejection> checkAgainstState(Observation observation) {
    SeriesState series = byId.get(observation.seriesId());
    if (series != null) {
      return series.intake().check(observation, series.oldestSlot());
    }
    return all.size() < settings.maxSeries()
        ? Optional.empty()
        : Optional.of(
            new Rejection(
                "TOO_MANY_SERIES",
                "series '%s' would be number %d of its partition; forecast.max-series allows %d"
                    .formatted(observation.seriesId(), all.size() + 1, settings.maxSeries())));
  }

  @Override
  public List<ForecastOutput> accept(ForecastInput input) {
    List<ForecastOutput> outputs = new ArrayList<>();
    if (input instanceof Observation observation) {
      SeriesState series = byId.computeIfAbsent(observation.seriesId(), this::newSeries);
      series.setChanged(true);
      for (Observation admitted : series.intake().admit(observation)) {
        place(series, admitted, outputs);
      }
      if (batch.isComplete(settings.batchSize())) {
        cut(outputs);
      }
    } else {
      cut(outputs);
    }
    return outputs;
  }

  private void place(SeriesState series, Observation observation, List<ForecastOutput> outputs) {
    TimeGrid grid = series.intake().grid();
    boolean nextRound = grid != null && batch.isEndedBy(observation.timestamp(), grid.interval());
    if (nextRound || series.intake().endsStep(observation)) {
      cut(outputs);
    }
    switch (series.intake().place(observation)) {
      case NEXT_STEP -> {
        start(series);
        batch.add(series);
      }
      case CORRECTION -> series.amend(observation);
      case GATHERING, REPLACED -> {}
    }
  }

  private SeriesState newSeries(String id) {
    SeriesState series = new SeriesState(id, all.size(), settings);
    all.add(series);
    return series;
  }

  private void start(SeriesState series) {
    if (!series.isStarted()) {
      long interval = series.grid().interval();
      Forecaster ready = forecaster;
      if (ready == null) {
        ready = Forecaster.create(settings, interval, networks);
        forecaster = ready;
      }
      series.start(ready.layout(), ready.seasonsOf(interval));
    }
  }

  private void cut(List<ForecastOutput> outputs) {
    if (batch.isEmpty()) {
      return;
    }
    Forecaster ready = Objects.requireNonNull(forecaster);
    List<SeriesState> members = batch.cut();
    int share = Forecaster.historyShare(all.size());
    List<Optional<SeriesScore>> scores = new ArrayList<>(members.size());
    List<SeriesState> origins = new ArrayList<>(members.size());
    for (SeriesState series : members) {
      series.setChanged(true);
      scores.add(series.advance(share));
      if (series.model().canForecast()) {
        origins.add(series);
      }
    }
    List<ForecastOutput.SeriesForecast> forecasts = ready.learnThenForecast(origins, epoch);
    int next = 0;
    for (int i = 0; i < members.size(); i++) {
      scores.get(i).ifPresent(outputs::add);
      if (next < origins.size() && origins.get(next) == members.get(i)) {
        outputs.add(forecasts.get(next++));
      }
    }
  }

  /**
   * What each expert alone said at the newest origin of a series, before the pool: quantiles [K][H]
   * [21] in the unit of the series, experts in the order of their names in the forecast; NaN where
   * an expert had nothing to say. Empty before the first forecast.
   */
  public Optional<double[][][]> expertQuantiles(String seriesId) {
    SeriesState series = byId.get(seriesId);
    return series == null || !series.isStarted()
        ? Optional.empty()
        : series.model().expertQuantiles();
  }

  /** Steps of the past that a learner of so many series keeps of each, at most. */
  public static long stepsKept(long series) {
    return Forecaster.historyShare((int) Math.min(series, Integer.MAX_VALUE));
  }

  @Override
  public Optional<PosteriorSummary> posterior() {
    return Optional.ofNullable(forecaster).map(Forecaster::posterior);
  }

  @Override
  public boolean awaitsCut() {
    return !batch.isEmpty();
  }

  @Override
  public byte[] encode(ForecastInput input) {
    return InputCodec.encode(input);
  }

  @Override
  public ForecastInput decode(byte[] bytes) {
    return InputCodec.decode(bytes);
  }

  @Override
  public Snapshot snapshot() {
    Map<String, byte[]> changed = new LinkedHashMap<>();
    changed.put(LEARNER, saveLearner().toBytes());
    Forecaster ready = forecaster;
    if (ready != null) {
      byte[] posterior = ready.savePosterior().toBytes();
      posteriorBytes = posterior.length;
      changed.put(POSTERIOR, posterior);
    }
    for (SeriesState series : all) {
      if (series.isChanged()) {
        byte[] bytes = series.save();
        seriesBytes = bytes.length;
        changed.put(SERIES + series.id(), bytes);
        series.setChanged(false);
      }
    }
    return new Snapshot(changed, Set.of());
  }

  @Override
  public long snapshotBytes() {
    long changed = all.stream().filter(SeriesState::isChanged).count();
    return posteriorBytes + changed * seriesBytes;
  }

  private StateWriter saveLearner() {
    StateWriter out =
        new StateWriter(KIND, 1)
            .putString("settings", settings.stateRelevant())
            .putLong("epoch", epoch)
            .putInt("series", all.size())
            .putLong("cuts", batch.cuts())
            .putInts("batch", batch.members().stream().mapToInt(SeriesState::index).toArray());
    Forecaster ready = forecaster;
    if (ready != null) {
      out.putState(Forecaster.KIND, ready.save());
    }
    return out;
  }

  @Override
  public void restore(Map<String, byte[]> entries) {
    if (!all.isEmpty()) {
      throw new IllegalStateException("a learner that has accepted inputs takes over no state");
    }
    StateReader in = new StateReader(KIND, 1, entry(entries, LEARNER));
    String written = in.getString("settings");
    if (!written.equals(settings.stateRelevant())) {
      throw new UnreadableStateException(
          "the state was written under other settings: %s; now %s; set them back or reset the state"
              .formatted(written, settings.stateRelevant()));
    }
    if (in.has(Forecaster.KIND)) {
      StateReader shared = in.getState(Forecaster.KIND, Forecaster.KIND, 1);
      Forecaster ready = Forecaster.restored(settings, shared, entry(entries, POSTERIOR), networks);
      forecaster = ready;
      restoreSeries(entries, in.getInt("series"), ready.layout());
      ready.restoreReplayable(shared, all);
    } else {
      restoreSeries(entries, in.getInt("series"), null);
    }
    epoch = in.getLong("epoch");
    List<SeriesState> members = new ArrayList<>();
    for (int index : in.getInts("batch")) {
      members.add(all.get(index));
    }
    batch = new OpenBatch(in.getLong("cuts"), all, members);
  }

  private void restoreSeries(
      Map<String, byte[]> entries, int count, @Nullable FeatureLayout layout) {
    for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
      if (entry.getKey().startsWith(SERIES)) {
        all.add(SeriesState.restored(entry.getValue(), settings, layout));
        seriesBytes = entry.getValue().length;
      }
    }
    all.sort(Comparator.comparingInt(SeriesState::index));
    for (SeriesState series : all) {
      byId.put(series.id(), series);
    }
    if (all.size() != count) {
      throw new UnreadableStateException(
          "the state has %d series entries, expected %d".formatted(all.size(), count));
    }
  }

  private static byte[] entry(Map<String, byte[]> entries, String name) {
    byte[] bytes = entries.get(name);
    if (bytes == null) {
      throw new UnreadableStateException(
          "the state lacks entry '%s'; it has %d entries".formatted(name, entries.size()));
    }
    return bytes;
  }

  @Override
  public String stateHash() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(saveLearner().toBytes());
      Forecaster ready = forecaster;
      if (ready != null) {
        digest.update(ready.savePosterior().toBytes());
      }
      for (SeriesState series : all) {
        digest.update(series.save());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public void close() {
    Forecaster ready = forecaster;
    if (ready != null) {
      ready.close();
    }
  }
}
