package io.tidecast.schemas;

/**
 * Names of the topics of one model of labelled samples, without the catalogue's prefix.
 *
 * @param model name of the model
 * @param samples samples in
 * @param predictions predictive distributions out
 * @param scores what they were worth
 */
public record ModelTopics(String model, String samples, String predictions, String scores) {

  /** Topics under the model's name: {@code NAME-samples, NAME-predictions, NAME-scores}. */
  public static ModelTopics of(String model) {
    return new ModelTopics(model, model + "-samples", model + "-predictions", model + "-scores");
  }
}
