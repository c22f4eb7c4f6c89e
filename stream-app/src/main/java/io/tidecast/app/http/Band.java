package io.tidecast.app.http;

import java.util.List;

/**
 * A central band of a predictive distribution.
 *
 * @param nominal share of truths that it should hold
 */
record Band(double nominal) {
  /** The bands that are drawn, narrow to wide. */
  static final List<Band> DRAWN = List.of(new Band(0.50), new Band(0.80), new Band(0.95));

  double lowerLevel() {
    return (1 - nominal) / 2;
  }

  double upperLevel() {
    return (1 + nominal) / 2;
  }

  /** Its lower and upper edge beside each other, for the place {@code i} in {@link #DRAWN}. */
  static int lowerColumn(int i) {
    return 2 * i;
  }

  static int upperColumn(int i) {
    return 2 * i + 1;
  }
}
