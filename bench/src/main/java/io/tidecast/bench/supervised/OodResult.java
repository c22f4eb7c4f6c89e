package io.tidecast.bench.supervised;

/**
 * How well a model tells images that are unlike what it learned from images that are like it: areas
 * under the receiver operating characteristic, by what its predictions carry.
 *
 * @param model {@code tidecast}, or a point estimate of {@link PlainAdam}
 * @param seed of the learner's random numbers
 * @param unlike what the images are: {@code withheld}, {@code rotated} or {@code noise}
 * @param n how many images are unlike
 * @param against how many are like
 * @param entropy by the network's predictive entropy, which is a prediction's {@code
 *     outOfDistribution}
 * @param pooledEntropy by the entropy of the pool's probabilities; NaN for Adam, which has no pool
 * @param epistemic by the epistemic part of that; NaN for Adam
 * @param accuracy of the network on the images that are like
 */
public record OodResult(
    String dataset,
    String model,
    long seed,
    String unlike,
    int n,
    int against,
    double entropy,
    double pooledEntropy,
    double epistemic,
    double accuracy) {}
