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
 * the newest back until its mini-batch is cut. The rules of time are in docs/time.md.
 */
final class SeriesIntake {
  static final String KIND = "series-intake";

  /** Version 2 added the leap that waits to be confirmed. */
  static final int VERSION = 2;

  /** What became of an observation. */
  enum Placement {
    /** The interval is not known yet. */
    GATHERING,
    /** A step of its own: it waits for its mini-batch. */
    NEXT_STEP,
    /** Another one for the step that waits: the last that measured anything counts. */
    REPLACED,
    /** A measurement for a step that has gone by. */
    CORRECTION
  }

  private final ForecastSettings settings;
  private final List<Observation> early = new ArrayList<>();
  private @Nullable TimeGrid grid;
  private @Nullable Observation waiting;
  private @Nullable Observation leap;
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

  /**
   * Takes an observation in.
   *
   * <p>One that leaps far ahead of its series may come from a clock that is wrong, and would make
   * everything after it too late. So it waits for the next one: if that has made the same leap,
   * both count; if that goes on from where the series was, the leap is dropped.
   *
   * @return the observations to be placed now, in order
   */
  List<Observation> admit(Observation observation) {
    TimeGrid known = grid;
    long steps = known == null ? 0 : ahead(observation, known.slot(), known);
    if (known == null || steps <= reach(known)) {
      if (steps > 0) {
        leap = null;
      }
      return List.of(observation);
    }
    if (Double.isNaN(observation.value())) {
      return List.of();
    }
    Observation before = leap;
    if (before != null
        && Math.abs(ahead(observation, known.slotOf(before.timestamp()), known)) <= reach(known)) {
      leap = null;
      return List.of(before, observation);
    }
    leap = observation;
    return List.of();
  }

  private static long ahead(Observation observation, long slot, TimeGrid grid) {
    return grid.slotOf(observation.timestamp()) - slot;
  }

  /** Steps that a series may go forward at once: what the network sees, or what may come late. */
  private long reach(TimeGrid known) {
    long late = settings.allowedLateness().toMillis() / known.interval();
    return Math.min(Math.max(settings.context(), late), Seasons.LONGEST);
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
    Observation before = waiting;
    if (slot == known.slot() && before != null) {
      if (!Double.isNaN(observation.value()) || Double.isNaN(before.value())) {
        waiting = observation;
      }
      return Placement.REPLACED;
    }
    return Placement.CORRECTION;
  }

  private Placement gather(Observation observation) {
    boolean missing = Double.isNaN(observation.value());
    if (missing && early.stream().anyMatch(o -> o.timestamp() == observation.timestamp())) {
      return Placement.GATHERING;
    }
    early.removeIf(o -> o.timestamp() == observation.timestamp());
    early.add(observation);
    early.sort(Comparator.comparingLong(Observation::timestamp));
    while (!early.isEmpty() && Double.isNaN(early.get(0).value())) {
      early.remove(0); // a series begins with a measurement
    }
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
    StateWriter out = new StateWriter(KIND, VERSION).putLong("newest", newest);
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
    if (leap != null) {
      out.putBytes("leap", InputCodec.encode(leap));
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
    if (in.has("leap")) {
      intake.leap = (Observation) InputCodec.decode(in.getBytes("leap"));
    }
    return intake;
  }
}
