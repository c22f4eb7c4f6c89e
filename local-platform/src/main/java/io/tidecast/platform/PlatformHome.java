package io.tidecast.platform;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** The folder with the jars of the child processes, which the build collects. */
record PlatformHome(Path folder) {
  static final String PROPERTY = "tidecast.platform.home";

  static PlatformHome fromSystemProperty() {
    String value = System.getProperty(PROPERTY);
    if (value == null) {
      throw new PlatformException(
          ("the jars of broker and registry are unknown: system property %s is not set. The"
                  + " launcher sets it; a build has them under local-platform/target/platform")
              .formatted(PROPERTY));
    }
    Path folder = Path.of(value).toAbsolutePath();
    if (!Files.isDirectory(folder.resolve("broker-lib"))
        || !Files.isDirectory(folder.resolve("registry"))) {
      throw new PlatformException(
          "%s=%s: expected the folders broker-lib and registry in it; build the project anew"
              .formatted(PROPERTY, folder));
    }
    return new PlatformHome(folder);
  }

  /** A distribution names the jars that the broker shares with it, relative to this folder. */
  String brokerClassPath() {
    List<String> parts = new ArrayList<>();
    parts.add(leashJar().toString());
    parts.add(folder.resolve("broker-lib").resolve("*").toString());
    Path shared = folder.resolve("broker.classpath");
    if (Files.exists(shared)) {
      try (Stream<String> lines = Files.lines(shared)) {
        lines.map(line -> folder.resolve(line).normalize().toString()).forEach(parts::add);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + shared, e);
      }
    }
    return String.join(File.pathSeparator, parts);
  }

  /** The server's runner names all its other jars in its manifest. */
  String registryClassPath() {
    return leashJar() + File.pathSeparator + registryRunner();
  }

  String registryMainClass() {
    try (JarFile runner = new JarFile(registryRunner().toFile())) {
      return runner.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + registryRunner(), e);
    }
  }

  private Path registryRunner() {
    return single(folder.resolve("registry"), "-runner.jar");
  }

  private Path leashJar() {
    return single(folder, "-leash.jar");
  }

  private static Path single(Path folder, String ending) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(ending))
          .findFirst()
          .orElseThrow(
              () ->
                  new PlatformException(
                      "%s: expected a file *%s in it; build the project anew"
                          .formatted(folder, ending)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
  }
}
