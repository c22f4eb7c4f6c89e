package io.tidecast.app.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

/** The page's files, read once; no others are ever served. */
final class Assets {
  private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";
  private static final String CSS = "text/css; charset=utf-8";
  private static final String JAVASCRIPT = "text/javascript; charset=utf-8";

  private final Map<String, Asset> assets = new TreeMap<>();

  private record Asset(String type, byte[] content, String etag) {}

  Assets() {
    add("/", "index.html", "text/html; charset=utf-8");
    add("/openapi.yaml", "openapi.yaml", "application/yaml; charset=utf-8");
    add("/page/icon.svg", "icon.svg", "image/svg+xml");
    add("/page/page.css", "page.css", CSS);
    for (String module :
        new String[] {"page", "api", "series-list", "fan-chart", "detail", "format", "labelled"}) {
      add("/page/" + module + ".js", module + ".js", JAVASCRIPT);
    }
    add("/page/uplot.css", UPLOT + "uPlot.min.css", CSS);
    add("/page/uplot.js", UPLOT + "uPlot.esm.js", JAVASCRIPT);
  }

  void addTo(RoutesConfig routes) {
    assets.forEach((path, asset) -> routes.get(path, ctx -> serve(ctx, asset)));
  }

  private static void serve(Context ctx, Asset asset) {
    ctx.header("Cache-Control", "no-cache");
    ctx.header("ETag", asset.etag());
    if (asset.etag().equals(ctx.header("If-None-Match"))) {
      ctx.status(304);
    } else {
      ctx.contentType(asset.type()).result(asset.content());
    }
  }

  private void add(String path, String resource, String type) {
    try (InputStream in = Assets.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(
            "the page's file " + resource + " is not on the class path");
      }
      byte[] content = in.readAllBytes();
      CRC32 sum = new CRC32();
      sum.update(content);
      assets.put(
          path, new Asset(type, content, "\"%08x-%d\"".formatted(sum.getValue(), content.length)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
