package io.tidecast.engine.inference;

/**
 * What a learning step did. The measurements after {@code nanos} are taken every {@link
 * LearningSettings#diagnoseEvery} steps and are NaN in between.
 *
 * @param step number of this step, from 1
 * @param skipped whether the scores were not finite, so that nothing was learned
 * @param nanos wall time of the step without the wait for the device, nanoseconds
 * @param logLikelihood mean log-likelihood of the batch under the draws before the step, in nats
 *     per row, averaged over all targets (unknown ones count as 0)
 * @param curvature mean of the relative curvature error delta = H_ii / p_i - 1: above 0 the
 *     precisions rise
 * @param noise mean square of delta, which limits the step size of the precisions
 * @param precisionRate largest step size rho of the precisions over the tensors
 * @param meanStep Euclidean length of the change of the means
 * @param signalToNoise squared length of Adam's first moment over the sum of its second moment
 */
public record StepReport(
    long step,
    boolean skipped,
    long nanos,
    double logLikelihood,
    double curvature,
    double noise,
    double precisionRate,
    double meanStep,
    double signalToNoise) {

  /** From the numbers that the script's {@code step} returns: skipped, then the measurements. */
  static StepReport of(long step, long nanos, double[] numbers) {
    boolean full = numbers.length > 1;
    return new StepReport(
        step,
        numbers[0] != 0,
        nanos,
        full ? numbers[1] : Double.NaN,
        full ? numbers[2] : Double.NaN,
        full ? numbers[3] : Double.NaN,
        full ? numbers[4] : Double.NaN,
        full ? numbers[5] : Double.NaN,
        full ? numbers[6] : Double.NaN);
  }
}
