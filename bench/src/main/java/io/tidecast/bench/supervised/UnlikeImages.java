package io.tidecast.bench.supervised;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Images made to be unlike given ones. */
final class UnlikeImages {
  private UnlikeImages() {}

  /**
   * Each image turned by a quarter.
   *
   * @param images pixels [channels, side, side] each
   * @param shape of an image, [side, side] or [channels, side, side]
   * @throws IllegalArgumentException if the images are not square
   */
  static List<float[]> turned(List<float[]> images, List<Integer> shape) {
    int dimensions = shape.size();
    if (dimensions < 2 || !shape.get(dimensions - 1).equals(shape.get(dimensions - 2))) {
      throw new IllegalArgumentException(
          "expected square images, shape [side, side] or [channels, side, side], got " + shape);
    }
    int side = shape.get(dimensions - 1);
    List<float[]> turned = new ArrayList<>();
    for (float[] image : images) {
      float[] other = new float[image.length];
      for (int i = 0; i < image.length; i++) {
        int channel = i / (side * side) * side * side;
        int row = i / side % side;
        int column = i % side;
        other[channel + (side - 1 - column) * side + row] = image[i];
      }
      turned.add(other);
    }
    return turned;
  }

  /** As many images of independent pixels, uniform over the range of the pixels. */
  static List<float[]> noise(List<float[]> images, long seed) {
    float least = Float.POSITIVE_INFINITY;
    float most = Float.NEGATIVE_INFINITY;
    for (float[] image : images) {
      for (float pixel : image) {
        least = Math.min(least, pixel);
        most = Math.max(most, pixel);
      }
    }
    Random random = new Random(seed);
    List<float[]> noise = new ArrayList<>();
    for (float[] image : images) {
      float[] other = new float[image.length];
      for (int i = 0; i < other.length; i++) {
        other[i] = least + (most - least) * random.nextFloat();
      }
      noise.add(other);
    }
    return noise;
  }
}
