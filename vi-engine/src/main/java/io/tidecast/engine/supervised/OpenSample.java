package io.tidecast.engine.supervised;

import io.tidecast.engine.state.StateReader;
import io.tidecast.engine.state.StateWriter;

/** A sample between its arrival and its label. */
final class OpenSample {
  private static final String KIND = "open-sample";
  private static final String PREFIX = "sample/";

  private final long number;
  private final String sampleId;
  private final String streamId;
  private final long timestamp;
  private final float[] row;
  private final int lastClass;
  private double[] forecast;

  /**
   * @param number counts the samples of the learner
   * @param row features as inputs, not scaled
   * @param lastClass newest class of the stream on arrival, -1 for none
   * @param forecast what was predicted, in the terms of the task; empty before the prediction
   */
  OpenSample(
      long number,
      String sampleId,
      String streamId,
      long timestamp,
      float[] row,
      int lastClass,
      double[] forecast) {
    this.number = number;
    this.sampleId = sampleId;
    this.streamId = streamId;
    this.timestamp = timestamp;
    this.row = row;
    this.lastClass = lastClass;
    this.forecast = forecast;
  }

  long number() {
    return number;
  }

  String sampleId() {
    return sampleId;
  }

  String streamId() {
    return streamId;
  }

  long timestamp() {
    return timestamp;
  }

  float[] row() {
    return row;
  }

  int lastClass() {
    return lastClass;
  }

  double[] forecast() {
    return forecast;
  }

  void setForecast(double[] forecast) {
    this.forecast = forecast;
  }

  boolean isPredicted() {
    return forecast.length > 0;
  }

  /** Name of the snapshot entry of a sample. */
  static String entry(long number) {
    return PREFIX + number;
  }

  static boolean isEntry(String name) {
    return name.startsWith(PREFIX);
  }

  byte[] save() {
    return new StateWriter(KIND, 1)
        .putLong("number", number)
        .putString("sampleId", sampleId)
        .putString("streamId", streamId)
        .putLong("timestamp", timestamp)
        .putFloats("row", row)
        .putInt("lastClass", lastClass)
        .putDoubles("forecast", forecast)
        .toBytes();
  }

  static OpenSample restored(byte[] bytes, int width) {
    StateReader in = new StateReader(KIND, 1, bytes);
    return new OpenSample(
        in.getLong("number"),
        in.getString("sampleId"),
        in.getString("streamId"),
        in.getLong("timestamp"),
        in.getFloats("row", width),
        in.getInt("lastClass"),
        in.getDoubles("forecast"));
  }
}
