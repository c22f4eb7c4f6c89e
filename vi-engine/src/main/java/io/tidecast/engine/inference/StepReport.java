package io.tidecast.engine.inference;

/**
 * What a learning step did.
 *
 * @param step number of this step, from 1
 * @param logLikelihood mean log-likelihood of the batch's rows under the draws before the step, in
 *     nats per target
 * @param curvature mean of the relative curvature error delta = H_ii / p_i - 1: above 0 the
 *     precisions rise
 * @param noise mean square of delta, which limits the step size of the precisions
 * @param precisionRate largest step size rho of the precisions over the tensors
 * @param meanStep Euclidean length of the change of the means
 * @param signalToNoise squared length of Adam's first moment over the sum of its second moment
 * @param skipped whether the scores were not finite, so that nothing was learned
 * @param nanos wall time of the step, nanoseconds
 */
public record StepReport(
    long step,
    double logLikelihood,
    double curvature,
    double noise,
    double precisionRate,
    double meanStep,
    double signalToNoise,
    boolean skipped,
    long nanos) {}
