package io.tidecast.app.http;

import io.tidecast.app.stream.LearnerFigures;
import io.tidecast.engine.inference.PosteriorSummary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the HTTP interface says about models. */
final class ModelJson {
  private ModelJson() {}

  /**
   * The models, of all instances.
   *
   * @param device of this process
   * @param models of forecasts, one for each partition that has spoken
   * @param labelled of labelled samples
   */
  record Listing(String device, List<Model> models, List<LabelledJson.Model> labelled) {}

  /**
   * One model.
   *
   * @param learner null where another instance has the model
   */
  record Model(
      int partition, long epoch, long step, List<String> experts, @Nullable Learner learner) {}

  /** The learner; see {@link LearnerFigures}. */
  record Learner(
      long inputs, long journalBytes, long snapshotBytes, @Nullable PosteriorSummary posterior) {}

  /**
   * Lists them.
   *
   * @param learners of this process by partition, for a model's name; the forecaster's is empty
   */
  static Listing of(
      String device, LiveView view, Function<String, Map<Integer, LearnerFigures>> learners) {
    Map<Integer, LearnerFigures> forecasters = learners.apply("");
    return new Listing(
        device,
        view.models().stream()
            .map(
                m ->
                    new Model(
                        m.partition(),
                        m.epoch(),
                        m.step(),
                        m.experts(),
                        Optional.ofNullable(forecasters.get(m.partition()))
                            .map(ModelJson::learner)
                            .orElse(null)))
            .toList(),
        view.labelled().entrySet().stream()
            .map(model -> model.getValue().json(learners.apply(model.getKey())))
            .toList());
  }

  static Learner learner(LearnerFigures f) {
    return new Learner(f.inputs(), f.journalBytes(), f.snapshotBytes(), f.posterior().orElse(null));
  }
}
