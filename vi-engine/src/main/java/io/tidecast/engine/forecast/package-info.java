/** Forecasting: series grid, features, experts, pool, calibrated bands and prequential scores. */
@NullMarked
package io.tidecast.engine.forecast;

import org.jspecify.annotations.NullMarked;
