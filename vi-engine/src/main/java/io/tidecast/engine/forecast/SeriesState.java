package io.tidecast.engine.forecast;

import io.tidecast.engine.forecast.ForecastInput.Observation;
import io.tidecast.engine.forecast.ForecastOutput.SeriesScore;
import io.tidecast.engine.state.StateReader;
import io.tidecast.engine.state.StateWriter;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One series of a learner: where its observations arrive, and what is learned of it. */
final class SeriesState {
  static final String KIND = "series";

  /** Missing steps that are filled as masked; after a longer gap the history starts afresh. */
  private static final long LONGEST_GAP = Seasons.LONGEST;

  private final String id;
  private final int index;
  private final SeriesIntake intake;
  private final CovariateScaler covariates;
  private final ForecastSettings settings;
  private @Nullable SeriesModel model;
  private long lastCut;
  private boolean changed = true;

  SeriesState(String id, int index, ForecastSettings settings) {
    this.id = id;
    this.index = index;
    this.intake = new SeriesIntake(settings);
    this.settings = settings;
    this.covariates = new CovariateScaler(settings.covariates(), settings.knownFuture());
  }

  private SeriesState(
      String id,
      int index,
      ForecastSettings settings,
      SeriesIntake intake,
      CovariateScaler covariates,
      @Nullable SeriesModel model) {
    this.id = id;
    this.index = index;
    this.settings = settings;
    this.intake = intake;
    this.covariates = covariates;
    this.model = model;
    changed = false;
  }

  /** Starts learning, once the grid is known. */
  void start(FeatureLayout layout, Seasons seasons) {
    model = new SeriesModel(layout, seasons, settings);
  }

  boolean isStarted() {
    return model != null;
  }

  /**
   * Moves on to the step of the observation that waits, filling missing steps before it.
   *
   * @param share steps of history to keep, if more than the inputs need
   * @return what the forecasts for that step were worth, if there were any
   */
  Optional<SeriesScore> advance(int share) {
    SeriesModel started = model();
    int limit = Math.max(share, started.stepsNeeded());
    TimeGrid grid = grid();
    for (Observation early : intake.drainEarly()) {
      long slot = grid.slotOf(early.timestamp());
      if (slot > started.history().last() && slot < grid.slot()) {
        step(started, slot, early, limit);
        if (started.canForecast()) {
          float[] row = new float[started.rowSize()];
          inputs(slot, row, 0);
          started.originate(row, 0);
        }
      }
    }
    return step(started, grid.slot(), intake.take(), limit);
  }

  private Optional<SeriesScore> step(
      SeriesModel started, long slot, Observation observation, int limit) {
    History history = started.history();
    if (slot - history.last() > LONGEST_GAP) {
      started.restart(slot);
    }
    while (history.last() < slot - 1) {
      started.appendMissing(limit);
    }
    covariates.observe(observation);
    started.append(
        observation.value(), covariates.now(observation), covariates.ahead(observation), limit);
    return started.reveal(id, grid().timeOf(slot));
  }

  /** Puts a late or repeated measurement into the history, if it measured anything. */
  void amend(Observation observation) {
    long slot = grid().slotOf(observation.timestamp());
    if (!Double.isNaN(observation.value()) && model().history().holds(slot)) {
      model().history().amend(slot, observation.value());
    }
  }

  /** Writes the inputs of a step that is kept. */
  void inputs(long slot, float[] row, int at) {
    model().inputs(slot, grid().timeOf(slot), row, at);
  }

  /** The oldest slot that an observation may still fill. */
  long oldestSlot() {
    return model == null ? 0 : model.history().first();
  }

  String id() {
    return id;
  }

  /** Position among the learner's series. */
  int index() {
    return index;
  }

  SeriesIntake intake() {
    return intake;
  }

  SeriesModel model() {
    return Objects.requireNonNull(model, "series has no grid yet");
  }

  TimeGrid grid() {
    return Objects.requireNonNull(intake.grid(), "series has no grid yet");
  }

  /** The last cut that this series took part in, 0 for none. */
  long lastCut() {
    return lastCut;
  }

  void setLastCut(long cut) {
    lastCut = cut;
  }

  boolean isChanged() {
    return changed;
  }

  void setChanged(boolean to) {
    changed = to;
  }

  byte[] save() {
    StateWriter out =
        new StateWriter(KIND, 1)
            .putString("id", id)
            .putInt("index", index)
            .putLong("lastCut", lastCut)
            .putState("intake", intake.save())
            .putState("covariates", covariates.save());
    if (model != null) {
      out.putState("model", model.save());
    }
    return out.toBytes();
  }

  static SeriesState restored(
      byte[] bytes, ForecastSettings settings, @Nullable FeatureLayout layout) {
    StateReader in = new StateReader(KIND, 1, bytes);
    SeriesModel model =
        in.has("model") && layout != null
            ? new SeriesModel(layout, in.getState("model", SeriesModel.KIND, 2), settings)
            : null;
    SeriesState series =
        new SeriesState(
            in.getString("id"),
            in.getInt("index"),
            settings,
            SeriesIntake.restored(settings, in.getState("intake", SeriesIntake.KIND, 1)),
            CovariateScaler.restored(in.getState("covariates", CovariateScaler.KIND, 1)),
            model);
    series.lastCut = in.getLong("lastCut");
    return series;
  }
}
