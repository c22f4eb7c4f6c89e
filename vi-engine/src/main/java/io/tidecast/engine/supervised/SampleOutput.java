package io.tidecast.engine.supervised;

/** What a supervised learner makes known. */
public sealed interface SampleOutput {
  /** The sample that this is about. */
  String sampleId();

  /** The stream of the sample. */
  String streamId();

  /** Time of the sample, milliseconds since the epoch. */
  long timestamp();

  /** A prediction: made before the label of the sample was learned. */
  sealed interface Prediction extends SampleOutput {
    /** First part of the model version: raised when a model starts afresh. */
    long epoch();

    /** Second part of the model version: learning steps so far. */
    long step();
  }

  /** What a prediction was worth when the label came. */
  sealed interface Score extends SampleOutput {
    /** The label that came. */
    double label();
  }

  /**
   * The predictive distribution over the classes. Total uncertainty = aleatoric + epistemic.
   *
   * @param probabilities of the classes [K], sum 1
   * @param entropy of the probabilities, nats
   * @param aleatoric what would stay if the right one of the single models (experts, and the
   *     network's weight draws) were known, nats: the entropy times the share of their expected
   *     entropy in that of their mixture
   * @param epistemic the rest, nats: the share of the mutual information of label and model
   * @param predictionSet classes, ascending, that together hold the label with the configured
   *     probability, in the long run whatever the data do
   * @param outOfDistribution predictive entropy of the network alone over log K, in 0..1: high for
   *     a sample unlike those learned from
   * @param expertNames the pool's experts [E]
   * @param expertWeights weights [E], sum 1
   * @param expertProbabilities what each expert says alone [E][K]
   */
  record ClassPrediction(
      String sampleId,
      String streamId,
      long timestamp,
      long epoch,
      long step,
      double[] probabilities,
      double entropy,
      double aleatoric,
      double epistemic,
      int[] predictionSet,
      double outOfDistribution,
      String[] expertNames,
      double[] expertWeights,
      double[][] expertProbabilities)
      implements Prediction {}

  /**
   * The predictive distribution of a target. Total variance = squared aleatoric + epistemic
   * deviation.
   *
   * @param mean predictive mean, in the unit of the target
   * @param levels quantile levels [Q], ascending
   * @param quantiles predictive quantiles [Q], ascending, tracked so that every level holds in the
   *     long run
   * @param epistemicStd standard deviation from not knowing the model or its weights
   * @param aleatoricStd standard deviation that would stay if they were known
   * @param outOfDistribution epistemic share of the network's variance, in 0..1
   * @param expertNames the pool's experts [E]
   * @param expertWeights weights [E], sum 1
   * @param expertMeans what each expert says alone, a Gaussian: mean [E]
   * @param expertStds its standard deviation [E]
   */
  record ValuePrediction(
      String sampleId,
      String streamId,
      long timestamp,
      long epoch,
      long step,
      double mean,
      double[] levels,
      double[] quantiles,
      double epistemicStd,
      double aleatoricStd,
      double outOfDistribution,
      String[] expertNames,
      double[] expertWeights,
      double[] expertMeans,
      double[] expertStds)
      implements Prediction {}

  /**
   * What the class probabilities of one sample were worth, and of all so far.
   *
   * @param label the class that came
   * @param logLoss minus the log of its probability, nats
   * @param brier sum over the classes of (probability - truth)^2, in 0..2
   * @param correct whether it had the largest probability
   * @param insideSet whether it was in the prediction set
   * @param soFar means over all samples scored so far
   */
  record ClassScore(
      String sampleId,
      String streamId,
      long timestamp,
      double label,
      double logLoss,
      double brier,
      boolean correct,
      boolean insideSet,
      ClassMeans soFar)
      implements Score {}

  /**
   * Means over the samples scored so far.
   *
   * @param calibrationError expected calibration error of the largest probability over 15 bins
   * @param setCoverage share of prediction sets that held the class
   */
  record ClassMeans(
      long n,
      double accuracy,
      double logLoss,
      double brier,
      double calibrationError,
      double setCoverage) {}

  /**
   * What the predictive distribution of one target was worth, and of all so far.
   *
   * @param label the target that came
   * @param error label minus predictive mean
   * @param crps continuous ranked probability score, in the unit of the target
   * @param inside50 whether the target fell into the 50 % band
   * @param inside80 likewise, 80 %
   * @param inside90 likewise, 90 %
   * @param inside95 likewise, 95 %
   * @param soFar means over all samples scored so far
   */
  record ValueScore(
      String sampleId,
      String streamId,
      long timestamp,
      double label,
      double error,
      double crps,
      boolean inside50,
      boolean inside80,
      boolean inside90,
      boolean inside95,
      ValueMeans soFar)
      implements Score {}

  /** Means over the samples scored so far: root mean squared error, CRPS, observed coverage. */
  record ValueMeans(
      long n,
      double rmse,
      double crps,
      double coverage50,
      double coverage80,
      double coverage90,
      double coverage95) {}
}
