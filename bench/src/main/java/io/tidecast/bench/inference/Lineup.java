package io.tidecast.bench.inference;

import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.inference.BayesianNetwork;
import io.tidecast.engine.inference.LearningRate;
import io.tidecast.engine.inference.LearningSettings;
import io.tidecast.engine.network.Activation;
import io.tidecast.engine.network.Likelihood;
import io.tidecast.engine.network.Mlp;
import io.tidecast.engine.posterior.Family;
import java.util.List;
import java.util.stream.Stream;

/**
 * The methods that are compared, all on an MLP of 64 with linear skip and a Student-t(5) head.
 *
 * @param averaging share of the newest means in the means that predictions are drawn around, 1 for
 *     the newest alone; our low-rank and mixture families always take the newest
 */
record Lineup(ComputeDevice device, double averaging, long seed) {
  private static final Mlp NETWORK = new Mlp(List.of(64), Activation.RELU, true);
  private static final Likelihood HEAD = Likelihood.studentT();

  /** Of Adam, which all methods but one move their means by. */
  private static final List<Double> ADAM = List.of(1.25e-4, 2.5e-4, 5e-4, 1e-3, 2e-3);

  /**
   * Of IVON, in shares of a Newton step. At 1e-1, its authors' rate for images, it does well on the
   * first quarter and then diverges.
   */
  private static final List<Double> NEWTON = List.of(3e-4, 1e-3, 3e-3, 1e-2, 3e-2);

  List<Candidate> candidates() {
    LearningSettings plain = LearningSettings.defaults();
    LearningSettings averaged = plain.withAveraging(averaging);
    Family sampled = new Family.MeanField(Family.Curvature.GAUSS_NEWTON);
    return Stream.of(
            ours("mean-field", averaged),
            ours("sampled, M 2", averaged.withFamily(sampled, 2)),
            ours("sampled, M 1", averaged.withFamily(sampled, 1)),
            ours("low-rank 8", plain.withFamily(new Family.LowRank(8), 2)),
            ours("mixture of 4", plain.withFamily(new Family.Mixture(4, false), 8)),
            literature(
                ADAM, new Contender.Recipe("Bayes by backprop", "bbb.py", 1, 2, 16, Math.log(.05))),
            literature(NEWTON, new Contender.Recipe("IVON", "ivon.py", 1, 2, 16, Double.NaN)),
            literature(
                ADAM, new Contender.Recipe("MC dropout", "dropout.py", 1, 1, 16, Double.NaN)),
            literature(
                ADAM, new Contender.Recipe("deep ensemble of 4", "adam.py", 4, 4, 4, Double.NaN)),
            literature(ADAM, new Contender.Recipe("Adam", "adam.py", 1, 1, 1, Double.NaN)))
        .toList();
  }

  private Candidate ours(String family, LearningSettings settings) {
    return new Candidate(
        "tidecast " + family,
        ADAM,
        rate ->
            new Ours(
                settings.draws(),
                BayesianNetwork.create(
                    device,
                    NETWORK,
                    HEAD,
                    settings.withLearningRate(LearningRate.constant(rate)),
                    WindowStream.CONTEXT,
                    WindowStream.HORIZON,
                    seed)));
  }

  private Candidate literature(List<Double> rates, Contender.Recipe recipe) {
    return new Candidate(
        recipe.name(),
        rates,
        rate -> new Contender(device, recipe, NETWORK, HEAD, rate, averaging, seed));
  }
}
