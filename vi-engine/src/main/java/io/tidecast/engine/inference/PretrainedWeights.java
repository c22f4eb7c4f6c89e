package io.tidecast.engine.inference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.tidecast.engine.device.TensorScope;
import io.tidecast.engine.network.ParameterBlock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Weights that a network of ours learned elsewhere: its prior mean, and where its posterior starts.
 * The file is a {@code .safetensors} or {@code .npz} with one array for each {@link ParameterBlock}
 * of the network, under the block's name and of its shape [rows, columns]; vectors may leave out
 * the first axis.
 *
 * @param file the file
 * @param hash SHA-256 of its content, hexadecimal
 */
public record PretrainedWeights(Path file, String hash) {

  /**
   * Finds a file.
   *
   * @throws IllegalArgumentException if it cannot be read
   */
  public static PretrainedWeights of(Path file) {
    return new PretrainedWeights(file, StateHash.of(bytes(file)));
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "pretrained weights '%s': cannot be read: %s".formatted(file, e), e);
    }
  }

  /**
   * Reads the weights.
   *
   * @return [P], in the order of the blocks
   * @throws IllegalArgumentException naming what is missing, too much, of another shape or not
   *     finite; and if the file is not the one that was found
   */
  float[] read(TensorScope scope, List<ParameterBlock> blocks) {
    byte[] content = bytes(file);
    if (!StateHash.of(content).equals(hash)) {
      throw new IllegalArgumentException(
          "pretrained weights '%s': the file has changed since the start; start again"
              .formatted(file));
    }
    Map<String, NDArray> arrays = new TreeMap<>();
    try {
      NDList list = NDList.decode(scope.manager(), new ByteArrayInputStream(content));
      list.forEach(array -> arrays.put(String.valueOf(array.getName()), array));
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "pretrained weights '%s': expected a .safetensors or .npz file: %s".formatted(file, e),
          e);
    }
    try {
      return read(arrays, blocks);
    } finally {
      arrays.values().forEach(NDArray::close);
    }
  }

  private float[] read(Map<String, NDArray> arrays, List<ParameterBlock> blocks) {
    Map<String, ParameterBlock> wanted =
        blocks.stream().collect(Collectors.toMap(ParameterBlock::name, Function.identity()));
    if (!arrays.keySet().equals(wanted.keySet())) {
      throw new IllegalArgumentException(
          "pretrained weights '%s': expected the arrays %s, got %s"
              .formatted(file, new TreeSet<>(wanted.keySet()), arrays.keySet()));
    }
    float[] all = new float[blocks.stream().mapToInt(ParameterBlock::size).sum()];
    int at = 0;
    for (ParameterBlock block : blocks) {
      float[] values = values(block, Objects.requireNonNull(arrays.get(block.name())));
      System.arraycopy(values, 0, all, at, values.length);
      at += values.length;
    }
    return all;
  }

  private float[] values(ParameterBlock block, NDArray array) {
    Shape shape = array.getShape();
    boolean vector = block.rows() == 1 && shape.equals(new Shape(block.columns()));
    if (!vector && !shape.equals(new Shape(block.rows(), block.columns()))) {
      throw new IllegalArgumentException(
          "pretrained weights '%s', array '%s': expected shape (%d, %d), got %s"
              .formatted(file, block.name(), block.rows(), block.columns(), shape));
    }
    try (NDArray numbers = array.toType(DataType.FLOAT32, true)) {
      float[] values = numbers.toFloatArray();
      for (float value : values) {
        if (!Float.isFinite(value)) {
          throw new IllegalArgumentException(
              "pretrained weights '%s', array '%s': expected finite numbers, got %s"
                  .formatted(file, block.name(), value));
        }
      }
      return values;
    }
  }
}
