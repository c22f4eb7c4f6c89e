package io.tidecast.bench.chaos;

import io.tidecast.app.stream.RestoredLearner;
import io.tidecast.bench.chaos.ChaosReport.FaultResult;
import io.tidecast.bench.cluster.Instance;
import io.tidecast.platform.LocalPlatform;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A quiet run and one with faults over the same input, and the comparison of the two: every output
 * by name and bit by bit, and the learners' states as Kafka holds them in the end.
 */
final class Campaign {
  private final LocalPlatform platform;
  private final Path folder;
  private final long seed;
  private final List<Fault> faults;
  private final int rows;
  private final Consumer<String> progress;
  private int restarts;

  /**
   * A campaign.
   *
   * @param platform of three brokers
   * @param folder for logs and state
   * @param observations observations at least
   */
  Campaign(
      LocalPlatform platform,
      Path folder,
      long seed,
      List<Fault> faults,
      int observations,
      Consumer<String> progress) {
    this.platform = platform;
    this.folder = folder;
    this.seed = seed;
    this.faults = faults;
    this.rows = (observations + Input.SERIES - 1) / Input.SERIES;
    this.progress = progress;
  }

  /** Each kind of fault as evenly often as the number allows, in an order that the seed decides. */
  static List<Fault> draw(int number, long seed) {
    List<Fault> faults = new ArrayList<>();
    Random random = new Random(seed);
    while (faults.size() < number) {
      List<Fault> kinds = new ArrayList<>(List.of(Fault.values()));
      Collections.shuffle(kinds, random);
      faults.addAll(kinds.subList(0, Math.min(kinds.size(), number - faults.size())));
    }
    Collections.shuffle(faults, random);
    return List.copyOf(faults);
  }

  ChaosReport run() throws InterruptedException {
    Run quiet = new Run(platform, "quiet", folder);
    runQuietly(quiet);
    Map<Integer, RestoredLearner> quietState = quiet.restore();
    progress.accept("quiet run: learners " + quietState);

    Run tried = new Run(platform, "tried", folder);
    List<BadInputs.BadInput> bad = new ArrayList<>();
    List<FaultResult> results = runWithFaults(tried, bad);
    List<String> accepted = new ArrayList<>(Refusals.notRefused(tried.config(), bad));
    int settingsTried = BadSettings.ALL.size();
    accepted.addAll(BadSettings.accepted());
    Map<Integer, RestoredLearner> triedState = tried.restore();
    progress.accept("run with faults: learners " + triedState);

    Outputs expected = Outputs.of(quiet.config());
    Outputs found = Outputs.of(tried.config());
    Map<Integer, List<String>> states = new TreeMap<>();
    long inputsLost = 0;
    long inputsTwice = 0;
    boolean statesEqual = true;
    for (int p = 0; p < Input.PARTITIONS; p++) {
      RestoredLearner a = learner(quietState, p);
      RestoredLearner b = learner(triedState, p);
      states.put(p, List.of(a.stateHash(), b.stateHash()));
      long due = (long) rows * Input.SERIES / Input.PARTITIONS;
      inputsLost += Math.max(0, due - b.inputs());
      inputsTwice += Math.max(0, b.inputs() - due);
      statesEqual &= a.stateHash().equals(b.stateHash()) && a.inputs() == due;
    }
    return new ChaosReport(
        seed,
        results.size(),
        (long) rows * Input.SERIES,
        expected.count(),
        found.missing(expected) + inputsLost,
        found.surplus() + expected.missing(found) + inputsTwice,
        statesEqual && found.isSameAs(expected),
        results.stream().mapToDouble(FaultResult::recoverySeconds).max().orElse(0),
        bad.size() + settingsTried,
        accepted.size(),
        accepted,
        results,
        states);
  }

  private static RestoredLearner learner(Map<Integer, RestoredLearner> learners, int partition) {
    RestoredLearner learner = learners.get(partition);
    if (learner == null) {
      throw new IllegalStateException("partition " + partition + " has no learner");
    }
    return learner;
  }

  private void runQuietly(Run quiet) throws InterruptedException {
    progress.accept("quiet run: %,d observations".formatted(rows * Input.SERIES));
    Instance instance = quiet.instance("quiet");
    try (Input input = new Input(quiet.config(), seed)) {
      input.send(rows);
      instance.start();
      quiet.awaitDrained(() -> requireAlive(instance));
    } finally {
      instance.stop();
    }
  }

  private static void requireAlive(Instance instance) {
    if (!instance.isAlive()) {
      throw new IllegalStateException(
          "instance %s has ended; see %s".formatted(instance.name(), instance.output()));
    }
  }

  private List<FaultResult> runWithFaults(Run run, List<BadInputs.BadInput> bad)
      throws InterruptedException {
    List<Instance> instances = List.of(run.instance("a"), run.instance("b"));
    FaultInjector injector = new FaultInjector(platform, run, instances, new Random(seed));
    List<FaultResult> results = new ArrayList<>();
    try (Input input = new Input(run.config(), seed);
        OutputWatch watch = new OutputWatch(run.config(), run.forecasts())) {
      instances.forEach(Instance::start);
      int slice = rows / (faults.size() + 1);
      input.send(slice);
      Run.await(() -> watch.total() > 0, () -> supervise(instances), "first forecasts");
      for (int i = 0; i < faults.size(); i++) {
        input.send(slice / 2);
        results.add(endure(i + 1, faults.get(i), injector, instances, input, slice, watch));
      }
      input.send(rows - input.rows());
      run.awaitDrained(() -> supervise(instances));
      bad.addAll(
          BadInputs.generate(run.config(), seed, (input.rows() - 1L) * Input.INTERVAL_MILLIS));
      progress.accept("%d bad records".formatted(bad.size()));
      bad.forEach(b -> input.send(b, 0));
      run.awaitDrained(() -> supervise(instances));
    } finally {
      for (Instance instance : instances) {
        instance.stop();
      }
    }
    return results;
  }

  private FaultResult endure(
      int number,
      Fault fault,
      FaultInjector injector,
      List<Instance> instances,
      Input input,
      int slice,
      OutputWatch watch)
      throws InterruptedException {
    long[] moving = watch.counts();
    Run.await(
        () -> watch.total() > sum(moving), () -> supervise(instances), "learning before fault");
    restarts = 0;
    long began = System.nanoTime();
    injector.inject(fault);
    long[] before = watch.counts();
    input.send(slice - slice / 2);
    Run.await(
        () -> allGrown(before, watch.counts()), () -> supervise(instances), "recovery " + fault);
    double seconds = (System.nanoTime() - began) / 1e9;
    progress.accept(
        String.format(
            Locale.ROOT,
            "fault %2d/%d  %-26s recovered after %5.1f s%s",
            number,
            faults.size(),
            fault,
            seconds,
            restarts == 0 ? "" : ", restarts " + restarts));
    return new FaultResult(number, fault.name(), fault.text(), seconds, restarts);
  }

  /** As a service manager does: what has ended by itself is started again. */
  private void supervise(List<Instance> instances) {
    for (Instance instance : instances) {
      if (!instance.isAlive()) {
        restarts++;
        instance.start();
      }
    }
  }

  private static long sum(long[] counts) {
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }

  private static boolean allGrown(long[] before, long[] now) {
    for (int p = 0; p < before.length; p++) {
      if (now[p] <= before[p]) {
        return false;
      }
    }
    return true;
  }
}
