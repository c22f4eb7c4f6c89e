package io.tidecast.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The described interface, for comparing answers with it. */
final class OpenApi {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final JsonNode root;

  private OpenApi(JsonNode root) {
    this.root = root;
  }

  static OpenApi read() {
    try (InputStream in = OpenApi.class.getResourceAsStream("openapi.yaml")) {
      Object yaml =
          new Load(LoadSettings.builder().build()).loadFromInputStream(Objects.requireNonNull(in));
      return new OpenApi(MAPPER.valueToTree(yaml));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> paths() {
    List<String> paths = new ArrayList<>();
    root.get("paths").fieldNames().forEachRemaining(paths::add);
    return paths;
  }

  /** Asserts status, type and body of an answer. */
  void check(String path, String status, HttpResponse<String> answer) throws IOException {
    assertThat(answer.statusCode()).as(path).isEqualTo(Integer.parseInt(status));
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/json");
    conforms(path, schema(path, status, "application/json"), MAPPER.readTree(answer.body()));
  }

  void checkEvent(String path, JsonNode event) {
    conforms(path, schema(path, "200", "text/event-stream"), event);
  }

  private JsonNode schema(String path, String status, String type) {
    JsonNode response =
        resolve(root.get("paths").get(path).get("get").get("responses").get(status));
    return response.get("content").get(type).get("schema");
  }

  private JsonNode resolve(JsonNode node) {
    JsonNode ref = node.get("$ref");
    return ref == null ? node : root.at(ref.asText().substring(1));
  }

  private void conforms(String where, JsonNode unresolved, JsonNode value) {
    JsonNode schema = resolve(unresolved);
    if (value.isNull()) {
      assertThat(schema.path("nullable").asBoolean()).as(where + " may be null").isTrue();
      return;
    }
    switch (schema.get("type").asText()) {
      case "object" -> object(where, schema, value);
      case "array" -> {
        assertThat(value.isArray()).as(where).isTrue();
        value.forEach(item -> conforms(where + "[]", schema.get("items"), item));
      }
      case "string" -> {
        assertThat(value.isTextual()).as(where).isTrue();
        if (schema.has("enum")) {
          assertThat(schema.get("enum")).as(where).contains(value);
        }
      }
      case "integer" -> assertThat(value.isIntegralNumber()).as(where).isTrue();
      case "number" -> assertThat(value.isNumber()).as(where).isTrue();
      case "boolean" -> assertThat(value.isBoolean()).as(where).isTrue();
      default -> throw new AssertionError(where + ": no check for " + schema);
    }
  }

  private void object(String where, JsonNode schema, JsonNode value) {
    assertThat(value.isObject()).as(where).isTrue();
    if (schema.has("additionalProperties")) {
      value.forEach(item -> conforms(where + "{}", schema.get("additionalProperties"), item));
      return;
    }
    List<String> promised = new ArrayList<>();
    schema.get("properties").fieldNames().forEachRemaining(promised::add);
    List<String> there = new ArrayList<>();
    value.fieldNames().forEachRemaining(there::add);
    assertThat(there).as(where).containsExactlyInAnyOrderElementsOf(promised);
    promised.forEach(p -> conforms(where + "." + p, schema.get("properties").get(p), value.get(p)));
  }
}
