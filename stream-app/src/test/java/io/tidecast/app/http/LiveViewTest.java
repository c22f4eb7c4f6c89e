package io.tidecast.app.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidecast.app.service.ServiceStatus;
import io.tidecast.app.service.ServiceStatus.Stage;
import io.tidecast.app.stream.GaugeFeeder;
import io.tidecast.app.stream.TaskGauges;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LiveViewTest {
  private final LiveView view = new LiveView();

  @Test
  void the_newest_times_are_kept_in_order_whatever_order_they_came_in() {
    PointLog log = new PointLog();
    for (int t = 0; t < 2 * PointLog.CAPACITY; t += 2) {
      log.put(t, PointLog.TRUTH, t);
    }
    log.put(5, PointLog.MEDIAN, 55);
    log.put(2 * PointLog.CAPACITY - 3, PointLog.TRUTH, 77);
    assertThat(log.size()).isEqualTo(PointLog.CAPACITY);
    assertThat(log.times()).isSorted().doesNotHaveDuplicates();
    assertThat(log.times()[PointLog.CAPACITY - 1]).isEqualTo(2 * PointLog.CAPACITY - 2);
    assertThat(log.column(PointLog.TRUTH)[PointLog.CAPACITY - 2]).isEqualTo(77f);
    log.put(-1, PointLog.TRUTH, 1);
    assertThat(log.times()[0]).as("what is too old is not taken").isPositive();
  }

  @Test
  void a_score_joins_the_one_step_forecast_made_before_it() {
    SyntheticSeries series = new SyntheticSeries("a", 1);
    view.add(0, series.forecast(10, false));
    view.add(series.score(11, 42.0, false));
    SeriesJson.History history =
        view.series("a").flatMap(SeriesView::detail).orElseThrow().history();
    assertThat(history.time()).containsExactly(SyntheticSeries.time(11));
    assertThat(history.truth()).containsExactly(42f);
    assertThat(history.median()[0]).isFinite();
    assertThat(history.bands().get(2).lower()[0]).isLessThan(history.bands().get(2).upper()[0]);
  }

  @Test
  void a_late_older_forecast_does_not_replace_a_newer_one() {
    SyntheticSeries series = new SyntheticSeries("a", 1);
    view.add(0, series.forecast(10, false));
    view.add(0, series.forecast(9, false));
    assertThat(view.series("a").flatMap(SeriesView::detail).orElseThrow().issuedAt())
        .isEqualTo(SyntheticSeries.time(10));
    assertThat(view.models().get(0).step()).isEqualTo(10);
  }

  @Test
  void quantiles_between_known_levels_are_interpolated() {
    NewestForecast f = NewestForecast.of(new SyntheticSeries("a", 1).forecast(10, false));
    double between = f.quantile(0, 0.575);
    assertThat(between).isCloseTo((f.quantile(0, 0.55) + f.quantile(0, 0.6)) / 2, within(1e-9));
    assertThat(f.quantile(0, 0.001)).isEqualTo(f.quantiles()[0][0]);
  }

  @Test
  void the_series_silent_for_longest_make_room() {
    LiveView small = new LiveView(40);
    for (int i = 0; i < 41; i++) {
      new SyntheticSeries("s" + i, i).addTo(small, 2);
    }
    assertThat(small.size()).isEqualTo(39);
    assertThat(small.evicted()).isEqualTo(2);
    assertThat(small.series("s0")).isEmpty();
    assertThat(small.series("s40")).isPresent();
  }

  @Test
  void coverage_counts_truths_of_series_that_are_no_longer_warming_up() {
    new SyntheticSeries("young", 1).addTo(view, 15);
    assertThat(view.recent().scores()).isZero();
    new SyntheticSeries("grown", 1).addTo(view, 800);
    assertThat(view.recent().scores()).isBetween(700L, 800L);
    assertThat(view.recent().coverage90()).isCloseTo(0.9, within(0.02));
    assertThat(view.recent().coverage50()).isCloseTo(0.5, within(0.03));
  }

  @Test
  void bands_that_do_not_hold_what_they_promise_degrade_the_service() {
    Accuracy.Recent poor = new Accuracy.Recent(1_000, 0, 0.3, 0.5, 0.61, 0.7, 1, 0);
    Health health = Health.of(PageFixture.running(), poor, 10, Optional.empty());
    assertThat(health.state()).isEqualTo(Health.State.DEGRADED);
    assertThat(health.reasons()).singleElement().asString().contains("61.0 %", "1,000 truths");
    Accuracy.Recent early = new Accuracy.Recent(999, 0, 0.3, 0.5, 0.61, 0.7, 1, 0);
    assertThat(Health.of(PageFixture.running(), early, 10, Optional.empty()).state())
        .as("too few truths to conclude")
        .isEqualTo(Health.State.RUNNING);
  }

  @Test
  void a_backlog_of_more_than_a_minute_degrades_the_service() {
    ServiceStatus late = new ServiceStatus(Stage.RUNNING, "", "cpu", 0, 0, 6_100, 0, 0);
    Accuracy.Recent good = new Accuracy.Recent(500, 0, 0.5, 0.8, 0.9, 0.95, 1, 0);
    assertThat(Health.of(late, good, 100, Optional.empty()).reasons())
        .singleElement()
        .asString()
        .contains("6,100 observations wait");
    assertThat(Health.of(late, good, 200, Optional.empty()).state())
        .isEqualTo(Health.State.RUNNING);
  }

  @Test
  void a_reader_that_fails_degrades_the_service() {
    Accuracy.Recent none = new LiveView().recent();
    Health health = Health.of(PageFixture.running(), none, 0, Optional.of("no route to broker"));
    assertThat(health.state()).isEqualTo(Health.State.DEGRADED);
    assertThat(health.reasons()).singleElement().asString().contains("no route to broker");
  }

  @Test
  void the_rate_is_that_of_the_last_ten_seconds() {
    AtomicLong nanos = new AtomicLong();
    TaskGauges gauges = new TaskGauges();
    StateMonitor monitor =
        new StateMonitor(
            PageFixture::running, () -> Optional.of(gauges), Optional::empty, view, nanos::get);
    GaugeFeeder.feed(gauges, 1_000, "X", 0);
    monitor.now();
    for (int second = 1; second <= 20; second++) {
      nanos.addAndGet(1_000_000_000L);
      GaugeFeeder.feed(gauges, 50, "X", 0);
      assertThat(monitor.now().observationsPerSecond()).isCloseTo(50, within(1e-9));
    }
  }
}
