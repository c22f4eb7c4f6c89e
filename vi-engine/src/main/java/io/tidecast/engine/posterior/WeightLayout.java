package io.tidecast.engine.posterior;

import java.util.Arrays;
import java.util.List;

/**
 * How the weight vector is cut into tensors.
 *
 * @param shapes rows and columns of each tensor, in order; a vector has one row
 */
public record WeightLayout(List<Shape> shapes) {
  /** Rows (inputs) and columns (outputs) of a weight tensor. */
  public record Shape(int rows, int columns) {
    int size() {
      return Math.multiplyExact(rows, columns);
    }
  }

  public WeightLayout {
    shapes = List.copyOf(shapes);
  }

  /** Number P of weights. */
  public int size() {
    return shapes.stream().mapToInt(Shape::size).sum();
  }

  /** Number T of tensors. */
  public int tensors() {
    return shapes.size();
  }

  List<Integer> sizes() {
    return shapes.stream().map(Shape::size).toList();
  }

  float[] counts() {
    float[] counts = new float[tensors()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = shapes.get(i).size();
    }
    return counts;
  }

  /** The first entry of each tensor, of a vector [P] that is constant within tensors. */
  float[] firsts(float[] vector) {
    float[] values = new float[tensors()];
    int at = 0;
    for (int i = 0; i < values.length; i++) {
      values[i] = vector[at];
      at += shapes.get(i).size();
    }
    return values;
  }

  /** A vector [P] that is constant within tensors. */
  float[] spread(float[] values) {
    float[] vector = new float[size()];
    int at = 0;
    for (int i = 0; i < values.length; i++) {
      Arrays.fill(vector, at, at + shapes.get(i).size(), values[i]);
      at += shapes.get(i).size();
    }
    return vector;
  }

  /** TorchScript: the expression {@code vector} averaged over the inputs of each output unit. */
  String averagedOverInputs(String vector) {
    StringBuilder parts = new StringBuilder();
    int at = 0;
    for (Shape s : shapes) {
      String part = "%s.narrow(0, %d, %d)".formatted(vector, at, s.size());
      if (s.rows() > 1) {
        part +=
            ".view([%1$d, %2$d]).mean([0], True).expand([%1$d, %2$d]).reshape([%3$d])"
                .formatted(s.rows(), s.columns(), s.size());
      }
      parts.append(parts.isEmpty() ? "" : ", ").append(part);
      at += s.size();
    }
    return "torch.cat([" + parts + "])";
  }
}
