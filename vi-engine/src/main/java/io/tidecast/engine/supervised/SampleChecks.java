package io.tidecast.engine.supervised;

import io.tidecast.engine.Rejection;
import io.tidecast.engine.supervised.SampleInput.Sample;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What every sample must be, whatever came before. */
final class SampleChecks {
  private static final int LONGEST_ID = 512;

  /** The last millisecond of the year 9999. */
  private static final long LATEST = 253_402_300_799_999L;

  /** Beyond this, squares of targets would leave the range of the network's numbers. */
  private static final double LARGEST = 1e15;

  private final SupervisedSettings settings;
  private final int[] shape;

  SampleChecks(SupervisedSettings settings) {
    this.settings = settings;
    shape = settings.inputs().shape().stream().mapToInt(Integer::intValue).toArray();
  }

  Optional<Rejection> check(Sample s) {
    if (isBad(s.sampleId())) {
      return badId("BAD_SAMPLE_ID", "sample id", s.sampleId());
    }
    if (isBad(s.streamId())) {
      return badId("BAD_STREAM_ID", "stream id", s.streamId());
    }
    if (s.timestamp() < 0 || s.timestamp() > LATEST) {
      return refuse(
          "IMPOSSIBLE_TIMESTAMP",
          s,
          "expected milliseconds since the epoch, 0 to %d (year 9999), got %d"
              .formatted(LATEST, s.timestamp()));
    }
    if (s.features().length == 0 && s.label() == null) {
      return refuse("EMPTY_SAMPLE", s, "it has neither features nor a label; send one of them");
    }
    return (s.features().length == 0 ? Optional.<Rejection>empty() : checkFeatures(s))
        .or(() -> checkLabel(s));
  }

  private Optional<Rejection> checkFeatures(Sample s) {
    List<FeatureSpec> specs = settings.inputs().features();
    if (s.features().length != specs.size()) {
      return refuse(
          "WRONG_FEATURE_COUNT",
          s,
          "expected %d features, got %d".formatted(specs.size(), s.features().length));
    }
    if (s.shape().length > 0 && !Arrays.equals(s.shape(), shape)) {
      return refuse(
          "WRONG_SHAPE",
          s,
          "expected shape %s, got %s"
              .formatted(Arrays.toString(shape), Arrays.toString(s.shape())));
    }
    for (int i = 0; i < s.features().length; i++) {
      float value = s.features()[i];
      boolean missing = Float.isNaN(value);
      if (missing ? !settings.inputs().missing() : Float.isInfinite(value)) {
        return refuse(
            "NON_FINITE_FEATURE",
            s,
            "feature %d is %s; %s"
                .formatted(
                    i,
                    value,
                    missing
                        ? "switch missing features on, or leave the sample out"
                        : "expected a finite number"));
      }
      if (!missing && !specs.get(i).allows(value)) {
        return refuse(
            "UNKNOWN_CATEGORY",
            s,
            "feature %d: %s is no value of %s".formatted(i, value, specs.get(i)));
      }
    }
    return Optional.empty();
  }

  private Optional<Rejection> checkLabel(Sample s) {
    Double label = s.label();
    if (label == null) {
      return Optional.empty();
    }
    if (settings.task() instanceof Task.Classification c) {
      boolean isClass = label >= 0 && label < c.classes() && label == Math.rint(label);
      return isClass
          ? Optional.empty()
          : refuse(
              "LABEL_OUT_OF_RANGE",
              s,
              "expected a class 0 to %d, got %s".formatted(c.classes() - 1, label));
    }
    return Math.abs(label) <= LARGEST
        ? Optional.empty()
        : refuse(
            "LABEL_OUT_OF_RANGE",
            s,
            "expected a target between +-%g, got %s".formatted(LARGEST, label));
  }

  private static boolean isBad(String id) {
    return id.isBlank() || id.length() > LONGEST_ID;
  }

  private static Optional<Rejection> badId(String reason, String what, String id) {
    return Optional.of(
        new Rejection(
            reason,
            "%s: expected 1 to %d characters that are not all blank, got %d"
                .formatted(what, LONGEST_ID, id.length())));
  }

  static Optional<Rejection> refuse(String reason, Sample s, String detail) {
    return Optional.of(
        new Rejection(
            reason, "stream '%s', sample '%s': %s".formatted(s.streamId(), s.sampleId(), detail)));
  }
}
