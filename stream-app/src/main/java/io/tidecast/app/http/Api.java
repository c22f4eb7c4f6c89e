package io.tidecast.app.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The interface for programs, as {@code openapi.yaml} describes it. */
final class Api {
  private static final Logger log = LoggerFactory.getLogger(Api.class);

  static final int MOST_ROWS = 500;

  private static final String JSON = "application/json; charset=utf-8";
  private static final String EVENTS = "text/event-stream";
  private static final int USUAL_ROWS = 100;

  private final LiveView view;
  private final StateMonitor monitor;
  private final EventStream events;
  private final Metrics metrics;

  Api(LiveView view, StateMonitor monitor, EventStream events, Metrics metrics) {
    this.view = view;
    this.monitor = monitor;
    this.events = events;
    this.metrics = metrics;
  }

  record Liveness(boolean live, Health.State state, List<String> reasons) {}

  record Readiness(
      boolean ready, Health.State state, List<String> reasons, StateMonitor.Restore restore) {}

  record Fault(String error) {}

  /**
   * What nobody foresaw. Never throws: Javalin hands an exception of this method to this method
   * again, for ever, and a listener that has hung up leaves a request that nothing can be asked of.
   */
  static void unexpected(Exception e, Context ctx) {
    try {
      if (ctx.res().isCommitted()) {
        log.debug("who asked is gone", e);
      } else if (e instanceof HttpResponseException refusal) {
        refuse(ctx, refusal);
      } else {
        log.error("{} {}", ctx.method(), ctx.path(), e);
        fault(ctx, 500, "this is a fault of Tidecast; its log says more");
      }
    } catch (RuntimeException gone) {
      log.debug("who asked is gone", e);
    }
  }

  void addTo(RoutesConfig routes, Access access) {
    routes.before("/api/*", access::checkToken);
    routes.before("/metrics", access::checkToken);
    routes.get("/api/series", this::series);
    routes.get("/api/series/{id}/forecast", this::forecast);
    routes.get("/api/models", this::models);
    routes.before(
        "/api/events",
        ctx -> {
          if (!Objects.requireNonNullElse(ctx.header("Accept"), "").contains(EVENTS)) {
            throw new ApiException(
                406, "/api/events sends events: ask with 'Accept: " + EVENTS + "'");
          }
          if (!events.hasRoom()) {
            throw new ApiException(
                503,
                "%d listeners are connected already; close a page and try again"
                    .formatted(EventStream.MAX_LISTENERS));
          }
        });
    routes.sse("/api/events", client -> events.listen(client, client.ctx().queryParams("series")));
    routes.get("/health/live", this::live);
    routes.get("/health/ready", this::ready);
    routes.get(
        "/metrics",
        ctx ->
            ctx.contentType("text/plain; version=0.0.4; charset=utf-8").result(metrics.scrape()));
    routes.exception(
        ApiException.class, (e, ctx) -> fault(ctx, e.status(), String.valueOf(e.getMessage())));
    routes.exception(Exception.class, Api::unexpected);
    routes.error(
        404,
        ctx -> {
          // What has told its fault already has said more.
          String type = Objects.requireNonNullElse(ctx.res().getContentType(), "");
          if (!type.startsWith("application/json")) {
            fault(ctx, 404, "nothing at " + ctx.path() + "; /openapi.yaml lists what there is");
          }
        });
  }

  private void series(Context ctx) {
    String order = Optional.ofNullable(ctx.queryParam("order")).orElse("id");
    json(
        ctx,
        view.list(
            Optional.ofNullable(ctx.queryParam("search")).orElse(""),
            LiveView.Order.of(order)
                .orElseThrow(
                    () ->
                        new ApiException(
                            400, "order=%s: expected id, surprise or coverage".formatted(order))),
            number(ctx, "offset", 0, 0, Integer.MAX_VALUE),
            number(ctx, "limit", USUAL_ROWS, 1, MOST_ROWS)));
  }

  private void forecast(Context ctx) {
    String id = ctx.pathParam("id");
    SeriesJson.Detail detail =
        view.series(id)
            .orElseThrow(
                () ->
                    new ApiException(
                        404,
                        "series '%s' is not known; /api/series lists those that are".formatted(id)))
            .detail()
            .orElseThrow(
                () -> new ApiException(404, "series '%s' has no forecast yet".formatted(id)));
    json(ctx, detail);
  }

  private void models(Context ctx) {
    json(ctx, ModelJson.of(monitor.now().device(), view, monitor::learners));
  }

  private void live(Context ctx) {
    StateMonitor.State s = monitor.now();
    boolean live = s.state().isLive();
    ctx.status(live ? 200 : 503);
    json(ctx, new Liveness(live, s.state(), s.reasons()));
  }

  private void ready(Context ctx) {
    StateMonitor.State s = monitor.now();
    boolean ready = s.state().isReady();
    ctx.status(ready ? 200 : 503);
    json(ctx, new Readiness(ready, s.state(), s.reasons(), s.restore()));
  }

  private static int number(Context ctx, String name, int standard, int least, int most) {
    String text = ctx.queryParam(name);
    if (text == null) {
      return standard;
    }
    try {
      int n = Integer.parseInt(text);
      if (n >= least && n <= most) {
        return n;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new ApiException(
        400, "%s=%s: expected a whole number from %d to %d".formatted(name, text, least, most));
  }

  private static void json(Context ctx, Object value) {
    ctx.contentType(JSON).result(Json.of(value));
  }

  private static void refuse(Context ctx, HttpResponseException refusal) {
    ctx.status(refusal.getStatus());
    if (refusal.getStatus() != 404) {
      fault(ctx, refusal.getStatus(), String.valueOf(refusal.getMessage()));
    }
  }

  private static void fault(Context ctx, int status, String message) {
    ctx.status(status);
    json(ctx, new Fault(message));
  }
}
