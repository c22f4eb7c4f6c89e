package io.tidecast.engine.network;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * Fully connected layers, optionally with a linear path from the inputs to the locations beside
 * them. Without hidden layers it is linear regression. Text: {@code mlp(hidden=64x32,
 * activation=relu, skip=linear)}.
 *
 * <p>The backward pass is written out by hand: for the small networks of a stream, recording and
 * walking an autograd graph costs more than the arithmetic.
 *
 * @param hidden widths of the hidden layers
 * @param skip whether the linear path is there
 * @param firmness how many times the prior precision the weights of the outputs behind the
 *     locations (scales) have; above 1 where there are too few rows to learn a scale that depends
 *     on the inputs. Option {@code firmness}, printed where it is not 1.
 */
public record Mlp(List<Integer> hidden, Activation activation, boolean skip, int firmness)
    implements NetworkSpec {
  public Mlp {
    hidden = List.copyOf(hidden);
  }

  public Mlp(List<Integer> hidden, Activation activation, boolean skip) {
    this(hidden, activation, skip, 1);
  }

  static Mlp of(SpecText spec) {
    spec.allowOnly("hidden", "activation", "skip", "firmness");
    List<Integer> widths = new ArrayList<>();
    for (String width : spec.option("hidden", "64").split("x", -1)) {
      widths.add(spec.positive("hidden", width));
    }
    boolean skip =
        switch (spec.option("skip", "linear")) {
          case "linear" -> true;
          case "none" -> false;
          default ->
              throw new IllegalArgumentException(
                  "network '%s': skip must be linear or none, got '%s'"
                      .formatted(spec.text(), spec.option("skip", "")));
        };
    return new Mlp(
        widths,
        Activation.parse(spec.option("activation", "relu")),
        skip,
        spec.positive("firmness", 1));
  }

  @Override
  public String toString() {
    return hidden.isEmpty()
        ? "linear"
        : "mlp(hidden=%s, activation=%s, skip=%s%s)"
            .formatted(
                hidden.stream().map(String::valueOf).collect(Collectors.joining("x")),
                activation,
                skip ? "linear" : "none",
                firmness == 1 ? "" : ", firmness=" + firmness);
  }

  /** Layer widths, inputs first, outputs last. */
  private List<Integer> widths(int inputs, int outputs) {
    List<Integer> widths = new ArrayList<>();
    widths.add(inputs);
    widths.addAll(hidden);
    widths.add(outputs);
    return widths;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Starts as in the forecasting recipe: first layer at .7 of He's deviation, further hidden
   * layers at He's, outputs near zero, so that the linear path leads at the beginning.
   */
  @Override
  public List<ParameterBlock> parameters(int inputs, int outputs, int locations) {
    List<ParameterBlock> blocks = new ArrayList<>();
    List<Integer> widths = widths(inputs, outputs);
    int layers = widths.size() - 1;
    for (int l = 0; l < layers; l++) {
      int in = widths.get(l);
      boolean last = l == layers - 1;
      double he = Math.sqrt(2.0 / in);
      double sd = last ? (hidden.isEmpty() ? 0 : .01) : l == 0 ? .7 * he : he;
      ParameterBlock weights = ParameterBlock.weights("W" + l, in, widths.get(l + 1), sd);
      blocks.add(last ? weights.withFirm(outputs - locations, firmness) : weights);
      blocks.add(
          last
              ? ParameterBlock.outputBias("b" + l, outputs)
              : ParameterBlock.bias("b" + l, widths.get(l + 1)));
    }
    if (skip && !hidden.isEmpty()) {
      blocks.add(ParameterBlock.weights("skip", inputs, locations, 0));
    }
    return blocks;
  }

  @Override
  public boolean handwrittenGradients() {
    return true;
  }

  @Override
  public String script(int inputs, int outputs, int locations) {
    boolean path = skip && !hidden.isEmpty();
    return new MlpScript(widths(inputs, outputs), activation, path ? locations : 0).text();
  }

  @Override
  public OptionalInt sums(int outputs) {
    return OptionalInt.of(hidden.stream().mapToInt(Integer::intValue).sum() + outputs);
  }
}
