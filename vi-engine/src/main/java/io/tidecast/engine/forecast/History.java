package io.tidecast.engine.forecast;

import io.tidecast.engine.state.StateReader;
import io.tidecast.engine.state.StateWriter;
import java.util.Arrays;

/**
 * The last steps of one series on its grid. Slots are counted from 0, the series' first step; the
 * oldest are dropped once there are more than the limit.
 *
 * <p>A slot without a measurement holds the last measured value (or the first one to come) and is
 * marked as not observed.
 */
final class History {
  private static final int FIRST_CAPACITY = 64;

  private final int covariates;
  private final int known;
  private long first;
  private int start;
  private int size;
  private double[] value;
  private double[] scale;
  private float[] level;
  private float[] movement;
  private boolean[] observed;
  private float[] covariate;
  private float[] future;

  /**
   * @param covariates observed covariates at each slot
   * @param known numbers known ahead that come with each slot, lead times times covariates
   */
  History(int covariates, int known) {
    this.covariates = covariates;
    this.known = known;
    value = new double[FIRST_CAPACITY];
    scale = new double[FIRST_CAPACITY];
    level = new float[FIRST_CAPACITY];
    movement = new float[FIRST_CAPACITY];
    observed = new boolean[FIRST_CAPACITY];
    covariate = new float[FIRST_CAPACITY * covariates];
    future = new float[FIRST_CAPACITY * known];
  }

  /**
   * Appends a step.
   *
   * @param value the measurement, or what stands for it
   * @param scale spread of the series at this step, in its unit
   * @param level the value relative to the series' running level, in scales
   * @param movement usual size of a step of the series, in scales
   * @param covariate covariates at this slot [C], scaled
   * @param future covariates known ahead [H * K], scaled
   * @param limit steps to keep
   */
  void append(
      double value,
      boolean observed,
      double scale,
      float level,
      float movement,
      float[] covariate,
      float[] future,
      int limit) {
    if (size >= limit) {
      int drop = size - limit + 1;
      start += drop;
      first += drop;
      size -= drop;
    }
    if (start + size == this.value.length) {
      makeRoom();
    }
    int i = start + size++;
    this.value[i] = value;
    this.observed[i] = observed;
    this.scale[i] = scale;
    this.level[i] = level;
    this.movement[i] = movement;
    System.arraycopy(covariate, 0, this.covariate, i * covariates, covariates);
    System.arraycopy(future, 0, this.future, i * known, known);
  }

  /** Sets a kept slot to a measurement that came late; slots that stood in for it follow. */
  void amend(long slot, double measurement) {
    int i = index(slot);
    observed[i] = true;
    value[i] = measurement;
    for (int j = i + 1; j < start + size && !observed[j]; j++) {
      value[j] = measurement;
    }
  }

  /** Forgets all steps, and counts on from the slot given. */
  void restart(long slot) {
    first = slot;
    start = 0;
    size = 0;
  }

  /** The newest slot; one before the first where there is none. */
  long last() {
    return first + size - 1;
  }

  /** The oldest slot kept. */
  long first() {
    return first;
  }

  int size() {
    return size;
  }

  boolean holds(long slot) {
    return slot >= first && slot < first + size;
  }

  double value(long slot) {
    return value[index(slot)];
  }

  boolean observed(long slot) {
    return observed[index(slot)];
  }

  double scale(long slot) {
    return scale[index(slot)];
  }

  float level(long slot) {
    return level[index(slot)];
  }

  float movement(long slot) {
    return movement[index(slot)];
  }

  void covariates(long slot, float[] out, int at) {
    System.arraycopy(covariate, index(slot) * covariates, out, at, covariates);
  }

  void future(long slot, float[] out, int at) {
    System.arraycopy(future, index(slot) * known, out, at, known);
  }

  /**
   * Writes {@code (y[from + i] - origin) / by} for {@code i = 0..n-1}, clipped to +-clip, and 0
   * where the slot is not kept. With {@code step = -1} it goes back in time.
   */
  void differences(
      long from, int step, int n, double origin, double by, float clip, float[] out, int at) {
    int begin = (int) Math.min(Math.max(step > 0 ? first - from : from - last(), 0), n);
    int end = (int) Math.min(Math.max(step > 0 ? last() + 1 - from : from + 1 - first, begin), n);
    double inverse = 1 / by;
    Arrays.fill(out, at, at + begin, 0);
    int slot = index(from);
    for (int i = begin; i < end; i++) {
      double v = (value[slot + i * step] - origin) * inverse;
      out[at + i] = (float) Math.min(Math.max(v, -clip), clip);
    }
    Arrays.fill(out, at + end, at + n, 0);
  }

  /**
   * Writes the means of {@code (y - origin) / by} over {@code count} runs of {@code n} slots each,
   * going back from the newest, of those kept, clipped to +-clip; 0 for a run of which none is.
   */
  void meanDifferences(
      long newest, int count, int n, double origin, double by, float clip, float[] out, int at) {
    for (int run = 0; run < count; run++) {
      long last = newest - (long) run * n;
      int kept = (int) Math.min(n, last - first + 1);
      double mean = kept > 0 ? sumOfDifferences(index(last), kept, origin) / kept / by : 0;
      out[at + run] = (float) Math.min(Math.max(mean, -clip), clip);
    }
  }

  private double sumOfDifferences(int newest, int n, double origin) {
    double sum = 0;
    for (int i = newest; i > newest - n; i--) {
      sum += value[i] - origin;
    }
    return sum;
  }

  /**
   * Writes what was measured at {@code slot + 1 + i}, {@code i = 0..n-1}, relative to that slot's
   * value and in units of its scale, clipped to +-clip, with a mask of 1; 0 and 0 where nothing was
   * measured or it is still to come.
   */
  void targets(long slot, int n, double clip, float[] out, float[] mask, int at) {
    int revealed = (int) Math.min(n, last() - slot);
    int from = index(slot);
    double origin = value[from];
    double inverse = 1 / scale[from];
    for (int i = 0; i < revealed; i++) {
      double v = (value[from + 1 + i] - origin) * inverse;
      boolean measured = observed[from + 1 + i];
      out[at + i] = measured ? (float) Math.min(Math.max(v, -clip), clip) : 0;
      mask[at + i] = measured ? 1 : 0;
    }
    Arrays.fill(out, at + revealed, at + n, 0);
    Arrays.fill(mask, at + revealed, at + n, 0);
  }

  private int index(long slot) {
    return start + (int) (slot - first);
  }

  /** Moves the kept steps to the front, into larger arrays where they fill most of these. */
  private void makeRoom() {
    int capacity = value.length;
    int next = size > capacity * 3 / 4 ? capacity * 2 : capacity;
    value = moved(value, new double[next]);
    scale = moved(scale, new double[next]);
    level = moved(level, new float[next], 1);
    movement = moved(movement, new float[next], 1);
    covariate = moved(covariate, new float[next * covariates], covariates);
    future = moved(future, new float[next * known], known);
    boolean[] flags = next == capacity ? observed : new boolean[next];
    System.arraycopy(observed, start, flags, 0, size);
    observed = flags;
    start = 0;
  }

  private double[] moved(double[] from, double[] to) {
    double[] target = to.length == from.length ? from : to;
    System.arraycopy(from, start, target, 0, size);
    return target;
  }

  private float[] moved(float[] from, float[] to, int width) {
    float[] target = to.length == from.length ? from : to;
    System.arraycopy(from, start * width, target, 0, size * width);
    return target;
  }

  StateWriter save() {
    int end = start + size;
    byte[] flags = new byte[size];
    for (int i = 0; i < size; i++) {
      flags[i] = (byte) (observed[start + i] ? 1 : 0);
    }
    return new StateWriter("history", 1)
        .putLong("first", first)
        .putDoubles("value", Arrays.copyOfRange(value, start, end))
        .putDoubles("scale", Arrays.copyOfRange(scale, start, end))
        .putFloats("level", Arrays.copyOfRange(level, start, end))
        .putFloats("movement", Arrays.copyOfRange(movement, start, end))
        .putBytes("observed", flags)
        .putFloats("covariate", Arrays.copyOfRange(covariate, start * covariates, end * covariates))
        .putFloats("future", Arrays.copyOfRange(future, start * known, end * known));
  }

  static History restored(int covariates, int known, StateReader in) {
    History history = new History(covariates, known);
    byte[] flags = in.getBytes("observed");
    int n = flags.length;
    int capacity = Math.max(FIRST_CAPACITY, n + n / 4);
    history.first = in.getLong("first");
    history.size = n;
    history.value = Arrays.copyOf(in.getDoubles("value"), capacity);
    history.scale = Arrays.copyOf(in.getDoubles("scale"), capacity);
    history.level = Arrays.copyOf(in.getFloats("level", n), capacity);
    history.movement = Arrays.copyOf(in.getFloats("movement", n), capacity);
    history.covariate =
        Arrays.copyOf(in.getFloats("covariate", n * covariates), capacity * covariates);
    history.future = Arrays.copyOf(in.getFloats("future", n * known), capacity * known);
    history.observed = new boolean[capacity];
    for (int i = 0; i < n; i++) {
      history.observed[i] = flags[i] != 0;
    }
    return history;
  }
}
