package io.tidecast.app.cli;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a demo came to.
 *
 * @param observations observations learned since the service started
 * @param forecasts forecasts in the topic
 * @param learnedSteps learning steps of the model
 * @param coverage90 share of truths inside their 90 % band over all lead times, warm-up included;
 *     null before the first
 * @param crps mean CRPS over all series and lead times, in their units; null before the first
 * @param observationsPerSecond observations learned and forecast a second, from the first one sent
 *     to the last one forecast
 * @param deadLetters records refused
 */
record DemoReport(
    long observations,
    long forecasts,
    long learnedSteps,
    @Nullable Double coverage90,
    @Nullable Double crps,
    double observationsPerSecond,
    long deadLetters) {

  List<String> lines() {
    return List.of(
        String.format(
            Locale.ROOT,
            "%,d observations learned, %,d forecasts in the topic, %,d learning steps, %,d dead"
                + " letters",
            observations,
            forecasts,
            learnedSteps,
            deadLetters),
        String.format(
            Locale.ROOT,
            "90 %% band held %s, CRPS %s, %.0f observations/s",
            coverage90 == null ? "–" : String.format(Locale.ROOT, "%.1f %%", 100 * coverage90),
            crps == null ? "–" : BandLines.number(crps).strip(),
            observationsPerSecond));
  }
}
