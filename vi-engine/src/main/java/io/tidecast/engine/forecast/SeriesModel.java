package io.tidecast.engine.forecast;

import io.tidecast.engine.forecast.ForecastOutput.SeriesScore;
import io.tidecast.engine.state.StateReader;
import io.tidecast.engine.state.StateWriter;
import java.util.Optional;

/**
 * What has been learned of one series: its history, its experts, the pool that mixes them and the
 * tracking of its bands. All is in units of the series at the origin s of a forecast, {@code (y -
 * y_s) / S_s}.
 *
 * <p>The life of a step: {@link #append}, {@link #reveal} judges what was forecast for it, {@link
 * #originate} makes it an origin, {@link #forecast} forecasts from it.
 */
final class SeriesModel {
  static final String KIND = "series-model";

  /** Observations before there is a scale to forecast with. */
  private static final int FIRST_ORIGIN = 3;

  private static final double TARGET_CLIP = 30;

  /** A season gives way to another whose autocorrelation is twice as high. */
  private static final double MUCH_WEAKER = 0.5;

  private static final int LEVELS = QuantileLevels.COUNT;

  private final FeatureLayout layout;
  private final Features features;
  private final boolean seeksSeason;
  private Seasons seasons;
  private final History history;
  private final RunningScale scale;
  private final Residuals lastValue;
  private Residuals seasonal;
  private final LinearExpert linear;
  private final Residuals linearResiduals;
  private final ExpertPool pool;
  private final BandTracking tracking;
  private final PendingForecasts pending;
  private final Coverage coverage;
  private final SurpriseMeter surprise;
  private final SamplePaths paths;
  private long observations;
  private long firstOrigin;

  private final double[] losses = new double[Experts.COUNT];
  private final float[] parametric = new float[LEVELS];

  /**
   * @param seasons to start with; where none are configured another may be found
   */
  SeriesModel(FeatureLayout layout, Seasons seasons, ForecastSettings settings) {
    this.layout = layout;
    this.features = new Features(layout);
    this.seasons = seasons;
    seeksSeason = settings.seasons().isEmpty();
    int leads = layout.horizon();
    history = new History(layout.covariates(), leads * layout.knownFuture());
    scale = new RunningScale();
    lastValue = new Residuals(leads);
    seasonal = new Residuals(leads);
    linear = new LinearExpert(layout);
    linearResiduals = new Residuals(leads);
    pool = new ExpertPool(leads, Experts.COUNT);
    tracking = new BandTracking(leads);
    pending = new PendingForecasts(leads);
    coverage = new Coverage();
    surprise = new SurpriseMeter();
    paths = new SamplePaths(settings.paths(), leads);
    firstOrigin = Long.MAX_VALUE;
  }

  /** One that was saved; version 1 had no sample paths. */
  SeriesModel(FeatureLayout layout, StateReader in, ForecastSettings settings) {
    this.layout = layout;
    this.features = new Features(layout);
    int leads = layout.horizon();
    seeksSeason = settings.seasons().isEmpty();
    seasons = new Seasons(in.getInt("season"), in.getInts("blocks"));
    history =
        History.restored(
            layout.covariates(),
            leads * layout.knownFuture(),
            in.getState("history", "history", 1));
    scale = RunningScale.restored(in.getState("scale", RunningScale.KIND, 1));
    String sketch = ResidualSketch.KIND;
    lastValue = Residuals.restored(leads, in.getState("last-value", sketch, 1));
    seasonal = Residuals.restored(leads, in.getState("seasonal", sketch, 1));
    linear = LinearExpert.restored(layout, in.getState("linear", "linear-expert", 1));
    linearResiduals = Residuals.restored(leads, in.getState("linear-residuals", sketch, 1));
    pool = ExpertPool.restored(Experts.COUNT, in.getState("pool", "expert-pool", 1));
    tracking = new BandTracking(in.getDoubles("tracking"));
    pending = PendingForecasts.restored(leads, in.getState("pending", "pending-forecasts", 1));
    coverage = Coverage.restored(in.getState("coverage", "coverage", 1));
    surprise = SurpriseMeter.restored(in.getState("surprise", "surprise", 1));
    paths = new SamplePaths(settings.paths(), leads);
    if (in.has("paths")) {
      paths.restore(in.getState("paths", "sample-paths", 1));
    }
    observations = in.getLong("observations");
    firstOrigin = in.getLong("firstOrigin");
  }

  StateWriter save() {
    return new StateWriter(KIND, 2)
        .putInt("season", seasons.naive())
        .putInts("blocks", seasons.blocks())
        .putState("history", history.save())
        .putState("scale", scale.save())
        .putState("last-value", lastValue.save())
        .putState("seasonal", seasonal.save())
        .putState("linear", linear.save())
        .putState("linear-residuals", linearResiduals.save())
        .putState("pool", pool.save())
        .putDoubles("tracking", tracking.stretch())
        .putState("pending", pending.save())
        .putState("coverage", coverage.save())
        .putState("surprise", surprise.save())
        .putState("paths", paths.save())
        .putLong("observations", observations)
        .putLong("firstOrigin", firstOrigin);
  }

  /**
   * Appends the next step of the grid.
   *
   * @param value the measurement, NaN where there is none
   * @param covariates [C], scaled
   * @param knownFuture [H * K], scaled
   * @param limit steps of history to keep
   */
  void append(double value, float[] covariates, float[] knownFuture, int limit) {
    boolean observed = !Double.isNaN(value);
    if (observed) {
      scale.observe(value);
      observations++;
    } else {
      scale.skip();
    }
    double standing = observed || history.size() == 0 ? value : history.value(history.last());
    double relative = (standing - scale.level()) / scale.scale();
    float level = (float) Math.min(Math.max(relative, -Features.CLIP), Features.CLIP);
    float movement = (float) scale.movement();
    history.append(
        standing, observed, scale.scale(), level, movement, covariates, knownFuture, limit);
    if (observed && observations == FIRST_ORIGIN) {
      firstOrigin = history.last();
    }
    // At 64, 128, 256 observations and so on.
    boolean due = observations >= SeasonFinder.FEWEST && Long.bitCount(observations) == 1;
    if (seeksSeason && observed && due) {
      seekSeason();
    }
  }

  /** A season that is found counts from now on, unless the customary one is about as strong. */
  private void seekSeason() {
    int n = Math.min(history.size(), SeasonFinder.MOST);
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = history.value(history.last() - n + 1 + i);
    }
    SeasonFinder finder = new SeasonFinder(values);
    int found = finder.find();
    int present = seasons.naive();
    boolean keep = present > 0 && !(finder.at(present) < finder.at(found) * MUCH_WEAKER);
    if (found > 0 && found != present && !keep) {
      seasons = seasons.with(found, layout);
      seasonal = new Residuals(layout.horizon());
    }
  }

  /** Appends a step at which nothing arrived. */
  void appendMissing(int limit) {
    float[] none = new float[layout.covariates()];
    append(Double.NaN, none, new float[layout.horizon() * layout.knownFuture()], limit);
  }

  /**
   * Judges the forecasts for the newest step and learns from it.
   *
   * @return the scores, if the step was observed and there were forecasts for it
   */
  Optional<SeriesScore> reveal(String seriesId, long timestamp) {
    long slot = history.last();
    if (!history.observed(slot)) {
      return Optional.empty();
    }
    double truth = history.value(slot);
    ScoreSheet scores = new ScoreSheet(layout.horizon());
    for (int lead = 0; lead < layout.horizon(); lead++) {
      long origin = slot - lead - 1;
      if (origin < firstOrigin || !history.holds(origin)) {
        break;
      }
      reveal(lead, origin, truth, scores);
    }
    if (scores.isEmpty()) {
      return Optional.empty();
    }
    coverage.add(scores);
    surprise.observe(scores.firstLogScore(), scores.meanLoss());
    return Optional.of(scores.toScore(seriesId, timestamp, truth, surprise));
  }

  private void reveal(int lead, long origin, double truth, ScoreSheet scores) {
    int entry = pending.find(lead, origin);
    double target =
        entry >= 0
            ? pending.relative(origin, truth)
            : (truth - history.value(origin)) / history.scale(origin);
    double bounded = Math.min(Math.max(target, -TARGET_CLIP), TARGET_CLIP);
    double movement = history.movement(origin);
    boolean seasonKnown = seasonKnown(lead, origin);
    double fromLast = target / movement;
    double fromSeason = seasonKnown ? (target - repeated(lead, origin)) / movement : 0;
    if (entry >= 0) {
      double unit = pending.unit(origin);
      float[] line = pending.linear();
      double fromLine = (target - line[2 * entry]) / line[2 * entry + 1];
      losses[Experts.LAST_VALUE] = unit * movement * lastValue.crps(lead, fromLast);
      losses[Experts.SEASONAL_NAIVE] =
          seasonKnown
              ? unit * movement * seasonal.crps(lead, fromSeason)
              : Double.POSITIVE_INFINITY;
      losses[Experts.LINEAR] = unit * line[2 * entry + 1] * linearResiduals.crps(lead, fromLine);
      float[] student = pending.network();
      QuantileLevels.student5(student[2 * entry], student[2 * entry + 1], parametric, 0);
      losses[Experts.NETWORK] = unit * QuantileLevels.crps(parametric, 0, target);
      pool.reveal(lead, losses);
      tracking.reveal(lead, pending.quantiles(), entry * LEVELS, target);
      if (paths.wanted()) {
        double pit = QuantileLevels.pit(pending.quantiles(), entry * LEVELS, target);
        paths.reveal(lead, origin, pit);
      }
      linearResiduals.learn(lead, fromLine);
      scores.add(lead, pending.quantiles(), entry * LEVELS, target, unit);
    }
    linear.learn(lead, origin, bounded);
    lastValue.learn(lead, fromLast);
    if (seasonKnown) {
      seasonal.learn(lead, fromSeason);
    }
  }

  /** Whether enough was seen to forecast from the newest step. */
  boolean canForecast() {
    return history.last() >= firstOrigin;
  }

  /** Writes the inputs of a kept step; {@code time} is that of the step. */
  void inputs(long slot, long time, float[] row, int at) {
    features.write(history, seasons, slot, time, row, at);
  }

  /** Makes the newest step an origin, whose inputs stand in {@code row} from {@code at} on. */
  void originate(float[] row, int at) {
    long slot = history.last();
    linear.originate(slot, history.scale(slot), row, at);
    pending.open(slot, history.value(slot), history.scale(slot));
    paths.open(slot);
    lastValue.refresh();
    seasonal.refresh();
    linearResiduals.refresh();
    pool.refresh();
  }

  /**
   * Forecasts one lead time from the newest step, which was made an origin, and remembers what was
   * forecast.
   *
   * @param weights receives the experts' weights [K]
   * @return where in {@link PendingForecasts#quantiles} the published quantiles [21] start
   */
  int forecast(
      int lead, NetworkForecast network, int networkAt, Mixture mixture, double[] weights) {
    long slot = history.last();
    int entry = pending.put(lead, slot);
    int row = networkAt + lead;
    pending.linear()[2 * entry] = (float) linear.location(lead, slot);
    pending.linear()[2 * entry + 1] =
        (float) (history.movement(slot) * Math.sqrt(1 + linear.excess(slot)));
    pending.network()[2 * entry] = network.location()[row];
    pending.network()[2 * entry + 1] = network.scale()[row];
    boolean seasonKnown = experts(lead, slot, entry, network.epistemic()[row], mixture);
    pool.weights(lead, seasonKnown ? -1 : Experts.SEASONAL_NAIVE, weights);
    mixture.quantiles(weights, pending.quantiles(), entry * LEVELS);
    tracking.apply(lead, pending.quantiles(), entry * LEVELS);
    return entry * LEVELS;
  }

  /** Sets the experts of one lead time; says whether the seasonal one is among them. */
  private boolean experts(int lead, long slot, int entry, double epistemic, Mixture mixture) {
    int at = lead * LEVELS;
    double movement = history.movement(slot);
    mixture.empirical(Experts.LAST_VALUE, 0, movement, 0, lastValue.quantiles(), at);
    boolean seasonKnown = seasonKnown(lead, slot);
    if (seasonKnown) {
      double repeated = repeated(lead, slot);
      mixture.empirical(Experts.SEASONAL_NAIVE, repeated, movement, 0, seasonal.quantiles(), at);
    }
    float[] line = pending.linear();
    double unknown = linear.excess(slot) / (1 + linear.excess(slot));
    mixture.empirical(
        Experts.LINEAR,
        line[2 * entry],
        line[2 * entry + 1],
        unknown,
        linearResiduals.quantiles(),
        at);
    float[] student = pending.network();
    mixture.student(Experts.NETWORK, student[2 * entry], student[2 * entry + 1], epistemic);
    return seasonKnown;
  }

  /** What each expert alone said at the newest origin [K][H][21], in the unit of the series. */
  Optional<double[][][]> expertQuantiles() {
    long slot = history.last();
    if (pending.find(0, slot) < 0) {
      return Optional.empty();
    }
    double[][][] quantiles = new double[Experts.COUNT][layout.horizon()][LEVELS];
    Mixture mixture = new Mixture();
    for (int lead = 0; lead < layout.horizon(); lead++) {
      int entry = pending.find(lead, slot);
      boolean seasonKnown = experts(lead, slot, entry, 0, mixture);
      for (int k = 0; k < Experts.COUNT; k++) {
        for (int q = 0; q < LEVELS; q++) {
          quantiles[k][lead][q] =
              k == Experts.SEASONAL_NAIVE && !seasonKnown
                  ? Double.NaN
                  : history.value(slot) + history.scale(slot) * mixture.experts()[k * LEVELS + q];
        }
      }
    }
    return Optional.of(quantiles);
  }

  /** Joint sample paths [S][H] of the forecast from the newest step, in the series' unit. */
  double[][] paths() {
    long slot = history.last();
    int[] rows = new int[layout.horizon()];
    for (int lead = 0; lead < rows.length; lead++) {
      rows[lead] = pending.find(lead, slot) * LEVELS;
    }
    double[][] drawn = paths.draw(slot, pending.quantiles(), rows);
    for (double[] path : drawn) {
      for (int lead = 0; lead < path.length; lead++) {
        path[lead] = history.value(slot) + history.scale(slot) * path[lead];
      }
    }
    return drawn;
  }

  /** The drift signal, in 0..1. */
  double drift() {
    return surprise.drift();
  }

  /** Forgets the steps so far and counts on from a slot too far ahead to fill the gap. */
  void restart(long slot) {
    history.restart(slot);
    pending.clear();
  }

  int rowSize() {
    return layout.size();
  }

  /** Steps of history that inputs and labels need. */
  int stepsNeeded() {
    return Math.max(seasons.longest(), layout.reach()) + 4 * layout.horizon();
  }

  /** Steps at the start of the history whose inputs are incomplete and are not replayed. */
  long unsettled() {
    long incomplete = history.first() > 0 ? Math.max(seasons.longest(), layout.reach()) : 0;
    long early = Math.max(firstOrigin - history.first(), 0);
    return Math.max(Math.min(incomplete, history.size() / 2), early);
  }

  float[] published() {
    return pending.quantiles();
  }

  History history() {
    return history;
  }

  Coverage coverage() {
    return coverage;
  }

  long observations() {
    return observations;
  }

  private boolean seasonKnown(int lead, long origin) {
    return seasons.naive() > 0 && history.holds(seasons.repeated(lead, origin));
  }

  /** The value one season before the target, relative to the origin and in its scale. */
  private double repeated(int lead, long origin) {
    double value = history.value(seasons.repeated(lead, origin));
    return (value - history.value(origin)) / history.scale(origin);
  }
}
