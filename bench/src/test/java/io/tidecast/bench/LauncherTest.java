package io.tidecast.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher on machines that lack something. Its PATH holds the system's small tools and what a
 * test puts there; a Java there is a script that says its version or prints what it is called with.
 */
class LauncherTest {
  private static final List<String> TOOLS =
      List.of("bash", "dirname", "readlink", "sed", "head", "find", "cat", "tput", "awk");

  @TempDir private Path folder;
  private Path bin;
  private Path home;

  @BeforeEach
  void machine() throws IOException {
    bin = Files.createDirectory(folder.resolve("bin"));
    home = Files.createDirectory(folder.resolve("tidecast home"));
    for (String tool : TOOLS) {
      for (String at : List.of("/usr/bin/", "/bin/")) {
        Path real = Path.of(at + tool);
        if (Files.isExecutable(real) && Files.notExists(bin.resolve(tool))) {
          Files.createSymbolicLink(bin.resolve(tool), real);
        }
      }
    }
    Files.copy(Path.of("..", "tidecast"), home.resolve("tidecast"));
  }

  @Test
  void an_archive_runs_with_a_java_runtime_alone() throws Exception {
    java("17.0.9");
    Files.createDirectory(home.resolve("lib"));
    Launch launch = launch(Map.of("TIDECAST_JAVA_OPTS", "-Xmx1g -Dx=y"), "watch", "a b");
    assertThat(launch.code()).as(launch.text()).isZero();
    assertThat(launch.text().lines())
        .containsSubsequence(
            "-Dai.djl.offline=true",
            "-Dtidecast.platform.home=" + home + "/platform",
            "-Xmx1g",
            "-Dx=y",
            "-cp",
            home + "/lib/*",
            "io.tidecast.app.Tidecast",
            "watch",
            "a b");
  }

  @Test
  void a_link_to_the_launcher_finds_its_folder() throws Exception {
    java("21");
    Files.createDirectory(home.resolve("lib"));
    Path link = Files.createSymbolicLink(bin.resolve("tidecast"), home.resolve("tidecast"));
    assertThat(launch(link, Map.of()).text()).contains(home + "/lib/*");
  }

  @Test
  void without_java_it_says_what_to_install() throws Exception {
    refused(launch(Map.of()), "no Java found: install Java 17 or newer");
  }

  @Test
  void an_old_java_is_named_with_its_version() throws Exception {
    java("11.0.2");
    refused(launch(Map.of()), "Java 17 or newer is needed, " + bin + "/java is version 11");
    java("1.8.0_402");
    refused(launch(Map.of()), "is version 1");
  }

  @Test
  void a_wrong_java_home_is_named() throws Exception {
    java("17");
    refused(launch(Map.of("JAVA_HOME", "/nowhere")), "JAVA_HOME=/nowhere: no bin/java in it");
  }

  @Test
  void an_archive_without_its_libraries_is_to_be_unpacked_anew() throws Exception {
    java("17");
    refused(launch(Map.of()), "no lib folder beside the launcher");
  }

  @Test
  void a_checkout_needs_maven_and_a_jdk_to_build() throws Exception {
    java("17");
    Files.createFile(home.resolve("pom.xml"));
    refused(launch(Map.of()), "no Maven found: install Maven 3.8 or newer");
    script("mvn", "exit 0");
    refused(launch(Map.of()), "belongs to a runtime: a JDK is needed to build Tidecast");
  }

  @Test
  void a_build_that_fails_says_how_to_see_why() throws Exception {
    java("17");
    script("javac", "exit 0");
    script("mvn", "echo '[ERROR] no such library'; exit 1");
    Files.createFile(home.resolve("pom.xml"));
    Launch launch = launch(Map.of());
    refused(launch, "the build failed; run 'mvn -DskipTests package'");
    assertThat(launch.text()).contains("[ERROR] no such library");
  }

  @Test
  void a_checkout_is_built_again_only_after_a_change() throws Exception {
    java("17");
    script("javac", "exit 0");
    script("mvn", "echo '[INFO] Building Tidecast'");
    Files.createFile(home.resolve("pom.xml"));
    Files.createDirectories(home.resolve("distribution/target/tidecast/lib"));
    Path built = home.resolve("distribution/target/built");
    Files.writeString(built, "2999-01-01 00:00:00 UTC");
    assertThat(launch(Map.of()).text()).doesNotContain("Building");
    Files.writeString(built, "2000-01-01 00:00:00 UTC");
    assertThat(launch(Map.of()).text()).contains("[INFO] Building Tidecast");
  }

  private static void refused(Launch launch, String why) {
    assertThat(launch.text()).contains("error: ", why);
    assertThat(launch.code()).isEqualTo(2);
  }

  private void java(String version) throws IOException {
    script(
        "java",
        "[ \"$1\" = -version ] && { echo 'openjdk version \"%s\"' >&2; exit 0; }\nprintf '%%s\\n' \"$@\""
            .formatted(version));
  }

  private void script(String name, String body) throws IOException {
    Path file = Files.writeString(bin.resolve(name), "#!" + bin + "/bash\n" + body + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  /** How a launch ended, and all that it printed. */
  private record Launch(int code, String text) {}

  private Launch launch(Map<String, String> environment, String... args) throws Exception {
    return launch(home.resolve("tidecast"), environment, args);
  }

  private Launch launch(Path launcher, Map<String, String> environment, String... args)
      throws Exception {
    List<String> command = new ArrayList<>(List.of(bin + "/bash", launcher.toString()));
    command.addAll(List.of(args));
    Path out = folder.resolve("out");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
    Map<String, String> given = new TreeMap<>(environment);
    given.put("PATH", bin.toString());
    builder.environment().clear();
    builder.environment().putAll(given);
    Process process = builder.start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the launcher ends").isTrue();
    return new Launch(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8));
  }
}
