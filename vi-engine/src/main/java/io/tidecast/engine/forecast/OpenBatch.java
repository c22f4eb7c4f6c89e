package io.tidecast.engine.forecast;

import java.util.ArrayList;
import java.util.List;

/**
 * The series whose newest step waits for the next cut, and how many more are waited for: those that
 * were in one of the last two batches.
 */
final class OpenBatch {
  private List<SeriesState> members = new ArrayList<>();
  private List<SeriesState> previous = List.of();
  private long cuts;
  private int awaited;

  OpenBatch() {}

  /**
   * @param all series of the learner
   * @param members those that wait, in the order in which they came
   */
  OpenBatch(long cuts, List<SeriesState> all, List<SeriesState> members) {
    this.cuts = cuts;
    this.members = new ArrayList<>(members);
    previous = all.stream().filter(s -> s.lastCut() == cuts).toList();
    awaited = (int) all.stream().filter(s -> isRecent(s) && !members.contains(s)).count();
  }

  void add(SeriesState series) {
    members.add(series);
    if (isRecent(series)) {
      awaited--;
    }
  }

  /**
   * Whether an observation is of the next round: at least half an interval after the first one of
   * this batch. So series that are measured together are forecast together.
   */
  boolean isEndedBy(long timestamp, long interval) {
    return !members.isEmpty() && timestamp - started() >= (interval + 1) / 2;
  }

  private long started() {
    return members.get(0).intake().waitingSince();
  }

  /** Whether nothing more is waited for. */
  boolean isComplete(int limit) {
    return !members.isEmpty() && (awaited == 0 || members.size() >= limit);
  }

  boolean isEmpty() {
    return members.isEmpty();
  }

  List<SeriesState> members() {
    return members;
  }

  /** Ends this batch and starts the next. */
  List<SeriesState> cut() {
    cuts++;
    for (SeriesState member : members) {
      member.setLastCut(cuts);
    }
    awaited = members.size();
    for (SeriesState series : previous) {
      awaited += series.lastCut() == cuts - 1 ? 1 : 0;
    }
    previous = members;
    members = new ArrayList<>();
    return previous;
  }

  long cuts() {
    return cuts;
  }

  private boolean isRecent(SeriesState series) {
    return series.lastCut() > 0 && series.lastCut() >= cuts - 1;
  }
}
