package io.tidecast.bench.chaos;

import java.util.List;
import java.util.Map;

/**
 * What a campaign came to.
 *
 * @param seed decides data, faults, their order and the bad inputs
 * @param faults faults injected
 * @param observations observations learned
 * @param outputs forecasts and scores of the quiet run
 * @param lost forecasts and scores that only the quiet run has, and inputs not learned
 * @param duplicated forecasts and scores that are there more than once, and inputs learned twice
 * @param hashEqual whether every output and every learner's state equals the quiet run's, bit for
 *     bit
 * @param worstRecoverySeconds longest time from a fault until every partition gave new forecasts
 * @param badInputsTried records and settings that had to be refused
 * @param badInputsWronglyAccepted those that were not, or not for the right reason
 * @param wronglyAccepted their names
 * @param results one entry per fault
 * @param states hash of each partition's learner: in the quiet run and after the faults
 */
record ChaosReport(
    long seed,
    int faults,
    long observations,
    long outputs,
    long lost,
    long duplicated,
    boolean hashEqual,
    double worstRecoverySeconds,
    int badInputsTried,
    int badInputsWronglyAccepted,
    List<String> wronglyAccepted,
    List<FaultResult> results,
    Map<Integer, List<String>> states) {

  /**
   * One fault.
   *
   * @param recoverySeconds from the fault until every partition gave new forecasts
   * @param restarts instances that ended by themselves meanwhile and were started again
   */
  record FaultResult(
      int number, String fault, String description, double recoverySeconds, int restarts) {}

  boolean passed() {
    return lost == 0 && duplicated == 0 && hashEqual && badInputsWronglyAccepted == 0;
  }
}
