package io.tidecast.engine.forecast;

import io.tidecast.engine.Rejection;
import io.tidecast.engine.forecast.ForecastInput.Observation;
import io.tidecast.engine.state.StateReader;
import io.tidecast.engine.state.StateWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the observations of one series arrive: it finds the grid, puts each into its slot and holds
 * the newest back until its mini-batch is cut.
 */
final class SeriesIntake {
  static final String KIND = "series-intake";

  /** What became of an observation. */
  enum Placement {
    /** The interval is not known yet. */
    GATHERING,
    /** A step of its own: it waits for its mini-batch. */
    NEXT_STEP,
    /** Another measurement for the step that waits: the last one counts. */
    REPLACED,
    /** A measurement for a step that has gone by. */
    CORRECTION
  }

  private final ForecastSettings settings;
  private final List<Observation> early = new ArrayList<>();
  private @Nullable TimeGrid grid;
  private @Nullable Observation waiting;
  private long newest = Long.MIN_VALUE;

  SeriesIntake(ForecastSettings settings) {
    this.settings = settings;
  }

  /** Says why an observation cannot be taken, if so. Changes nothing. */
  Optional<Rejection> check(Observation observation, long oldestSlot) {
    if (newest == Long.MIN_VALUE) {
      return Optional.empty();
    }
    long behind = newest - observation.timestamp();
    boolean beforeGrid = grid != null && grid.slotOf(observation.timestamp()) < oldestSlot;
    if (behind > settings.allowedLateness().toMillis() || (behind > 0 && beforeGrid)) {
      return Optional.of(
          new Rejection(
              "TOO_LATE",
              "series '%s': observation of %d is %d ms behind the newest one, %d; at most %d ms are allowed (allowed-lateness)%s"
                  .formatted(
                      observation.seriesId(),
                      observation.timestamp(),
                      behind,
                      newest,
                      settings.allowedLateness().toMillis(),
                      beforeGrid ? ", and it is older than what is kept of the series" : "")));
    }
    return Optional.empty();
  }

  /** Whether a step waits and this observation is not for it. */
  boolean endsStep(Observation observation) {
    return grid != null && waiting != null && grid.slotOf(observation.timestamp()) != grid.slot();
  }

  /** Puts an observation into its place. */
  Placement place(Observation observation) {
    long time = observation.timestamp();
    newest = Math.max(newest, time);
    TimeGrid known = grid;
    if (known == null) {
      return gather(observation);
    }
    long slot = known.slotOf(time);
    if (slot > known.slot()) {
      known.advanceTo(time);
      waiting = observation;
      return Placement.NEXT_STEP;
    }
    if (slot == known.slot() && waiting != null) {
      waiting = observation;
      return Placement.REPLACED;
    }
    return Placement.CORRECTION;
  }

  private Placement gather(Observation observation) {
    if (early.isEmpty() && Double.isNaN(observation.value())) {
      return Placement.GATHERING;
    }
    early.removeIf(o -> o.timestamp() == observation.timestamp());
    early.add(observation);
    early.sort(Comparator.comparingLong(Observation::timestamp));
    int needed = settings.interval().isPresent() ? 1 : TimeGrid.TO_INFER;
    if (early.size() < needed) {
      return Placement.GATHERING;
    }
    grid =
        settings
            .interval()
            .map(interval -> TimeGrid.configured(interval, early.get(0).timestamp()))
            .orElseGet(
                () ->
                    TimeGrid.inferred(early.stream().mapToLong(Observation::timestamp).toArray()));
    for (Observation observed : early) {
      grid.advanceTo(observed.timestamp());
    }
    waiting = early.remove(early.size() - 1);
    return Placement.NEXT_STEP;
  }

  /**
   * The observations that came before the interval was known, oldest first, without the newest;
   * they are handed out once.
   */
  List<Observation> drainEarly() {
    List<Observation> drained = List.copyOf(early);
    early.clear();
    return drained;
  }

  /** The grid, once there is one. */
  @Nullable TimeGrid grid() {
    return grid;
  }

  /** Time of the observation that waits. */
  long waitingSince() {
    return waiting == null ? newest : waiting.timestamp();
  }

  /** The observation that waits for its mini-batch; it waits no longer. */
  Observation take() {
    Observation taken = waiting;
    if (taken == null) {
      throw new IllegalStateException("no observation waits for a mini-batch");
    }
    waiting = null;
    return taken;
  }

  StateWriter save() {
    StateWriter out = new StateWriter(KIND, 1).putLong("newest", newest);
    out.putInt("early", early.size());
    for (int i = 0; i < early.size(); i++) {
      out.putBytes("early-" + i, InputCodec.encode(early.get(i)));
    }
    TimeGrid known = grid;
    if (known != null) {
      out.putLong("interval", known.interval())
          .putBoolean("inferred", known.isInferred())
          .putLong("slot", known.slot())
          .putDouble("time", known.time());
    }
    if (waiting != null) {
      out.putBytes("waiting", InputCodec.encode(waiting));
    }
    return out;
  }

  static SeriesIntake restored(ForecastSettings settings, StateReader in) {
    SeriesIntake intake = new SeriesIntake(settings);
    intake.newest = in.getLong("newest");
    for (int i = 0; i < in.getInt("early"); i++) {
      intake.early.add((Observation) InputCodec.decode(in.getBytes("early-" + i)));
    }
    if (in.has("interval")) {
      intake.grid =
          TimeGrid.of(
              in.getLong("interval"),
              in.getBoolean("inferred"),
              in.getLong("slot"),
              in.getDouble("time"));
    }
    if (in.has("waiting")) {
      intake.waiting = (Observation) InputCodec.decode(in.getBytes("waiting"));
    }
    return intake;
  }
}
