package io.tidecast.engine.supervised;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a supervised learner accepts. */
public sealed interface SampleInput {

  /**
   * One sample, or the label of an earlier one.
   *
   * <p>Without a label it is predicted, and kept until its label arrives under the same sample id.
   * With a label it is predicted first and then learned. A label that comes later may repeat the
   * features or leave them empty.
   *
   * @param sampleId unique in its stream
   * @param streamId the stream
   * @param timestamp milliseconds since the epoch
   * @param features [d], row-major in the order of the shape; NaN where missing; empty in a label
   *     that comes later
   * @param shape e.g. [channels, height, width]; empty for a plain vector
   * @param label class index or target in its own unit; null where it is not known yet
   */
  record Sample(
      String sampleId,
      String streamId,
      long timestamp,
      float[] features,
      int[] shape,
      @Nullable Double label)
      implements SampleInput {

    /** A plain vector of features. */
    public Sample(
        String sampleId,
        String streamId,
        long timestamp,
        float[] features,
        @Nullable Double label) {
      this(sampleId, streamId, timestamp, features, new int[0], label);
    }

    /** The label of a sample that came earlier. */
    public static Sample labelOf(String sampleId, String streamId, long timestamp, double label) {
      return new Sample(sampleId, streamId, timestamp, new float[0], label);
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof Sample other
          && sampleId.equals(other.sampleId)
          && streamId.equals(other.streamId)
          && timestamp == other.timestamp
          && Arrays.equals(features, other.features)
          && Arrays.equals(shape, other.shape)
          && Objects.equals(label, other.label);
    }

    @Override
    public int hashCode() {
      return Objects.hash(
          sampleId, streamId, timestamp, Arrays.hashCode(features), Arrays.hashCode(shape), label);
    }
  }

  /**
   * Ends the mini-batch that is being gathered, because time has passed. Only what is in the
   * journal has happened.
   */
  record BatchCut() implements SampleInput {}
}
