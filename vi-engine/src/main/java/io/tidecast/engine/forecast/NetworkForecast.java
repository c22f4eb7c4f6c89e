package io.tidecast.engine.forecast;

/**
 * What the network says of a batch of rows, in units of the series at their origins.
 *
 * @param location [R, H] mean over the weight draws
 * @param scale [R, H] of the Student t(5) with the draws' disagreement folded in
 * @param epistemic [R, H] standard deviation of the location over the draws
 */
record NetworkForecast(float[] location, float[] scale, float[] epistemic) {}
