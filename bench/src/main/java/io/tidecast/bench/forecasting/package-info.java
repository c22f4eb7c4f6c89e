/** Test-then-train evaluation of forecasts on recorded series, beside simple methods. */
@NullMarked
package io.tidecast.bench.forecasting;

import org.jspecify.annotations.NullMarked;
