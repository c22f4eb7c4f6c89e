package io.tidecast.app.feed;

/**
 * One measurement on its way to a topic.
 *
 * @param seriesId the series
 * @param timestamp milliseconds since the epoch
 * @param value the measurement, NaN where it is missing
 */
public record Reading(String seriesId, long timestamp, double value) {}
