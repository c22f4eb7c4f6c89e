package io.tidecast.engine.supervised;

import java.util.List;
import java.util.Random;

/** Moves an image by a few pixels; what comes in from outside is 0, the background. */
final class ImageShift {
  private final int most;
  private final int channels;
  private final int height;
  private final int width;

  /**
   * @param shape [height, width] or [channels, height, width]
   * @param most largest shift in pixels, 0 for none
   */
  ImageShift(List<Integer> shape, int most) {
    int dimensions = shape.size();
    boolean image = dimensions == 2 || dimensions == 3;
    this.most = image ? most : 0;
    width = image ? shape.get(dimensions - 1) : 0;
    height = image ? shape.get(dimensions - 2) : 0;
    channels = dimensions == 3 ? shape.get(0) : 1;
  }

  /** The shifted image, or the row itself where nothing is to be shifted. */
  float[] apply(float[] row, Random random) {
    if (most == 0) {
      return row;
    }
    int down = random.nextInt(2 * most + 1) - most;
    int right = random.nextInt(2 * most + 1) - most;
    float[] moved = new float[row.length];
    int pixels = channels * height * width;
    System.arraycopy(row, pixels, moved, pixels, row.length - pixels);
    for (int line = 0; line < channels * height; line++) {
      int from = line % height - down;
      if (from >= 0 && from < height) {
        int source = (line - down) * width;
        int length = width - Math.abs(right);
        System.arraycopy(
            row, source + Math.max(0, -right), moved, line * width + Math.max(0, right), length);
      }
    }
    return moved;
  }
}
