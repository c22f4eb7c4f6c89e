package io.tidecast.engine.forecast;

import io.tidecast.engine.forecast.ForecastOutput.SeriesForecast;
import io.tidecast.engine.inference.LearningSettings;
import io.tidecast.engine.inference.PosteriorSummary;
import io.tidecast.engine.predict.Levels;
import io.tidecast.engine.state.StateReader;
import io.tidecast.engine.state.StateWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** What all series of a learner share from the first known grid on: inputs, network and replay. */
final class Forecaster implements AutoCloseable {
  static final String KIND = "forecaster";

  /** Steps of history over all series; each has at least what its inputs need. */
  private static final int HISTORY_STEPS = 1 << 19;

  private static final int LONGEST_HISTORY = 1 << 14;

  /** Rows that the network's posterior remembers while nothing changes. */
  private static final double MEMORY = LearningSettings.forecasting().memory().nEff();

  /** At full drift the memory is this many times shorter; it recovers as the signal dies away. */
  private static final double SHORTEST_MEMORY = 4;

  /** Labels of the longest lead time before bands can be relied on. */
  private static final int WARM_UP = 100;

  private final ForecastSettings settings;
  private final FeatureLayout layout;
  private final ForecastNetwork network;
  private final CounterRandom random;
  private final Replay replay;
  private final List<SeriesState> replayable = new ArrayList<>();
  private final Set<String> isReplayable = new HashSet<>();
  private final Mixture mixture = new Mixture();
  private float[] rows = new float[0];

  private Forecaster(
      ForecastSettings settings,
      FeatureLayout layout,
      ForecastNetwork network,
      CounterRandom random) {
    this.settings = settings;
    this.layout = layout;
    this.network = network;
    this.random = random;
    this.replay = new Replay(layout, random);
  }

  /**
   * A new one, whose inputs suit the seasons of this interval, or one that may yet be found.
   *
   * @param interval grid interval of the first series, milliseconds
   */
  static Forecaster create(
      ForecastSettings settings, long interval, Function<FeatureLayout, ForecastNetwork> networks) {
    int single = FeatureLayout.of(settings, 0).singles();
    int[] seasons = settings.seasonsOf(interval);
    int blocks = seasons.length == 0 ? 1 : Seasons.beyond(seasons, single).length;
    FeatureLayout layout = FeatureLayout.of(settings, blocks);
    return new Forecaster(
        settings, layout, networks.apply(layout), new CounterRandom(settings.seed(), 0));
  }

  FeatureLayout layout() {
    return layout;
  }

  Seasons seasonsOf(long interval) {
    return Seasons.of(settings.seasonsOf(interval), layout);
  }

  /** Steps of history that each of so many series may keep. */
  static int historyShare(int seriesCount) {
    return Math.min(LONGEST_HISTORY, HISTORY_STEPS / seriesCount);
  }

  /**
   * Learns from the new steps of these series and from the past of all, then forecasts these series
   * from their newest steps.
   */
  List<SeriesForecast> learnThenForecast(List<SeriesState> origins, long epoch) {
    if (origins.isEmpty()) {
      return List.of();
    }
    double drift = 0;
    for (SeriesState series : origins) {
      drift += series.model().drift() / origins.size();
      if (isReplayable.add(series.id())) {
        replayable.add(series);
      }
    }
    // The cube: on a merely restless series a shorter memory costs more than it gains.
    network.setMemory(MEMORY / (1 + (SHORTEST_MEMORY - 1) * drift * drift * drift));
    originate(origins);
    NetworkForecast ofNetwork =
        network.learnThenPredict(replay.batches(origins, replayable), rows, origins.size());
    List<SeriesForecast> forecasts = new ArrayList<>(origins.size());
    for (int i = 0; i < origins.size(); i++) {
      forecasts.add(forecast(origins.get(i), ofNetwork, i * layout.horizon(), epoch));
    }
    return forecasts;
  }

  private void originate(List<SeriesState> origins) {
    int width = layout.size();
    if (rows.length != origins.size() * width) {
      rows = new float[origins.size() * width];
    }
    for (int i = 0; i < origins.size(); i++) {
      SeriesState series = origins.get(i);
      series.inputs(series.model().history().last(), rows, i * width);
      series.model().originate(rows, i * width);
    }
  }

  private SeriesForecast forecast(
      SeriesState series, NetworkForecast ofNetwork, int networkAt, long epoch) {
    int leads = layout.horizon();
    SeriesModel model = series.model();
    History history = model.history();
    double value = history.value(history.last());
    double unit = history.scale(history.last());
    double[] mean = new double[leads];
    double[][] quantiles = new double[leads][QuantileLevels.COUNT];
    double[] epistemic = new double[leads];
    double[] aleatoric = new double[leads];
    double[][] weights = new double[leads][Experts.COUNT];
    for (int lead = 0; lead < leads; lead++) {
      int at = model.forecast(lead, ofNetwork, networkAt, mixture, weights[lead]);
      float[] published = model.published();
      for (int q = 0; q < QuantileLevels.COUNT; q++) {
        quantiles[lead][q] = value + unit * published[at + q];
      }
      mean[lead] = value + unit * QuantileLevels.mean(published, at);
      double stretch = mixture.stretch(published, at);
      epistemic[lead] = unit * stretch * mixture.epistemicStd(weights[lead]);
      aleatoric[lead] = unit * stretch * mixture.aleatoricStd(weights[lead]);
    }
    Coverage coverage = model.coverage();
    return new SeriesForecast(
        series.id(),
        series.grid().timeOf(history.last()),
        epoch,
        network.steps(),
        model.observations(),
        series.grid().interval(),
        Levels.all(),
        mean,
        quantiles,
        epistemic,
        aleatoric,
        Experts.names(),
        weights,
        coverage.of(0),
        coverage.of(1),
        coverage.of(2),
        coverage.of(3),
        model.observations() < WARM_UP + leads,
        model.paths());
  }

  PosteriorSummary posterior() {
    return network.summary();
  }

  /** All but the network. */
  StateWriter save() {
    return new StateWriter(KIND, 1)
        .putInt("blocks", layout.blocks())
        .putLong("random", random.counter())
        .putInts("replayable", replayable.stream().mapToInt(SeriesState::index).toArray());
  }

  /** The network. */
  StateWriter savePosterior() {
    return network.save();
  }

  static Forecaster restored(
      ForecastSettings settings,
      StateReader in,
      byte[] posterior,
      Function<FeatureLayout, ForecastNetwork> networks) {
    FeatureLayout layout = FeatureLayout.of(settings, in.getInt("blocks"));
    ForecastNetwork network = networks.apply(layout);
    network.restore(posterior);
    CounterRandom random = new CounterRandom(settings.seed(), in.getLong("random"));
    return new Forecaster(settings, layout, network, random);
  }

  /** Takes over the series that can be replayed, after these were restored. */
  void restoreReplayable(StateReader in, List<SeriesState> all) {
    for (int index : in.getInts("replayable")) {
      replayable.add(all.get(index));
      isReplayable.add(all.get(index).id());
    }
  }

  @Override
  public void close() {
    network.close();
  }
}
