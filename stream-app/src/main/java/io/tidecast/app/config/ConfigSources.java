package io.tidecast.app.config;

import io.tidecast.app.UserException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Gathers settings: a YAML file, the environment over it, flags over that.
 *
 * <p>The environment variable of a setting is its name in capitals with {@code TIDECAST_} before it
 * and underscores for dots and hyphens: {@code TIDECAST_FORECAST_HORIZON=48}. {@code
 * TIDECAST_KAFKA_SASL_MECHANISM} stands for {@code kafka.sasl.mechanism}. {@code
 * TIDECAST_MODELS_FRAUD_BATCH_SIZE} stands for that setting of the model that a file calls fraud,
 * or Fraud; where no file has such a model, its name is what stands there, in lower case.
 */
public final class ConfigSources {
  private static final String ENVIRONMENT = "TIDECAST_";

  private final Map<String, String> given = new LinkedHashMap<>();
  private final Map<String, String> origins = new TreeMap<>();

  /**
   * Lays a YAML file over what is there. Nested keys are joined by dots.
   *
   * @throws UserException if the file is missing, unreadable or not YAML
   */
  public ConfigSources file(Path file) {
    LoadSettings settings = LoadSettings.builder().setLabel(file.toString()).build();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      Object root = new Load(settings).loadFromReader(reader);
      if (root instanceof Map<?, ?> map) {
        flatten("", map, file.toString());
      } else if (root != null) {
        throw new UserException(
            "configuration file %s: expected 'name: value' lines, got a %s"
                .formatted(file, kind(root)));
      }
    } catch (NoSuchFileException e) {
      throw new UserException("configuration file %s: no such file".formatted(file), e);
    } catch (MarkedYamlEngineException e) {
      String where = e.getProblemMark().map(m -> ", line " + (m.getLine() + 1)).orElse("");
      throw new UserException(
          "configuration file %s%s: not valid YAML: %s".formatted(file, where, e.getProblem()), e);
    } catch (YamlEngineException e) {
      throw new UserException(
          "configuration file %s: not valid YAML: %s".formatted(file, e.getMessage()), e);
    } catch (MalformedInputException e) {
      throw new UserException("configuration file %s: not UTF-8 text".formatted(file), e);
    } catch (IOException e) {
      throw new UserException(
          "configuration file %s: cannot be read: %s".formatted(file, e.getMessage()), e);
    }
    return this;
  }

  /** Lays the environment over what is there; variables without our prefix are not ours. */
  public ConfigSources environment(Map<String, String> environment) {
    Map<String, String> names = new TreeMap<>();
    for (String name : Models.tableWith(Models.names(given.keySet())).names()) {
      names.put(ENVIRONMENT + Models.variable(name), name);
    }
    new TreeMap<>(environment)
        .forEach(
            (variable, text) -> {
              if (variable.startsWith(ENVIRONMENT) && !LAUNCHER.contains(variable)) {
                String name =
                    names.getOrDefault(variable, dotted(variable.substring(ENVIRONMENT.length())));
                set(name, text, "environment variable " + variable);
              }
            });
    return this;
  }

  /** A name that neither our table nor a model that was given before has. */
  private static String dotted(String variable) {
    return Models.named(variable)
        .orElseGet(() -> variable.toLowerCase(Locale.ROOT).replace('_', '.'));
  }

  /** Variables that the launcher reads; they are no settings of the service. */
  private static final List<String> LAUNCHER = List.of("TIDECAST_JAVA_OPTS", "TIDECAST_HOME");

  /** Gives a setting that nobody gave another default. */
  public ConfigSources standard(String name, String text) {
    if (!given.containsKey(name)) {
      set(name, text, "default of this command");
    }
    return this;
  }

  /** Lays one flag over what is there. */
  public ConfigSources flag(String name, @Nullable Object value) {
    if (value != null) {
      set(name, value.toString(), "command line");
    }
    return this;
  }

  /** Lays {@code name=value} flags over what is there. */
  public ConfigSources flags(Map<String, String> flags) {
    flags.forEach(this::flag);
    return this;
  }

  /**
   * Checks what was gathered.
   *
   * @throws UserException with every fault at once
   */
  public TidecastConfig load() {
    return TidecastConfig.of(given, origins);
  }

  private void flatten(String prefix, Map<?, ?> map, String origin) {
    map.forEach(
        (key, value) -> {
          String name = prefix + key;
          if (value instanceof Map<?, ?> inner) {
            flatten(name + ".", inner, origin);
          } else if (value instanceof List<?> list
              && !list.isEmpty()
              && list.stream().allMatch(Map.class::isInstance)) {
            flattenNamed(name, list, origin);
          } else if (value instanceof List<?> list) {
            set(name, String.join(",", list.stream().map(String::valueOf).toList()), origin);
          } else {
            set(name, value == null ? "" : value.toString(), origin);
          }
        });
  }

  /** Entries of a list carry their name in themselves: it becomes part of the dotted names. */
  private void flattenNamed(String list, List<?> entries, String origin) {
    List<String> names = new ArrayList<>();
    for (Object entry : entries) {
      Map<Object, Object> settings = new LinkedHashMap<>((Map<?, ?>) entry);
      String name = String.valueOf(settings.remove("name"));
      if (name.equals("null") || names.contains(name)) {
        throw new UserException(
            "%s: %s: entry %d: expected a name of its own ('name: ...'), got %s"
                .formatted(
                    origin,
                    list,
                    names.size() + 1,
                    name.equals("null") ? "none" : "'" + name + "'"));
      }
      names.add(name);
      flatten(list + "." + name + ".", settings, origin);
    }
  }

  private void set(String name, String text, String origin) {
    given.put(name, text);
    origins.put(name, origin);
  }

  private static String kind(Object value) {
    return value instanceof List ? "list" : "single value";
  }
}
