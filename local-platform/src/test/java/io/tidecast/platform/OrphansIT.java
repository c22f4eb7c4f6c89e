package io.tidecast.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrphansIT {
  /** A parent that starts a platform, names its children, and then does nothing. */
  static final class Parent {
    public static void main(String[] args) throws InterruptedException {
      LocalPlatform platform =
          LocalPlatform.start(LocalPlatformSettings.temporary().withDataDir(Path.of(args[0])));
      System.out.println(
          "children " + platform.brokers().get(0).pid() + " " + platform.registry().pid());
      Thread.currentThread().join();
    }
  }

  @Test
  void children_end_when_their_parent_is_killed_and_the_folder_can_be_used_again_at_once(
      @TempDir Path folder) throws Exception {
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-D" + PlatformHome.PROPERTY + "=" + System.getProperty(PlatformHome.PROPERTY),
                "-cp",
                System.getProperty("java.class.path"),
                Parent.class.getName(),
                folder.toString())
            .redirectError(folder.resolve("parent.err").toFile())
            .start();
    List<ProcessHandle> children;
    try (BufferedReader output = parent.inputReader()) {
      children =
          output
              .lines()
              .filter(line -> line.startsWith("children "))
              .findFirst()
              .map(line -> Arrays.stream(line.split(" ", -1)).skip(1))
              .orElseThrow()
              .map(pid -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow())
              .toList();
      assertThat(children).hasSize(2).allMatch(ProcessHandle::isAlive);
      parent.destroyForcibly();
      assertThat(parent.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }

    // The next platform waits for the children of the killed one instead of tripping over them.
    try (LocalPlatform next =
        LocalPlatform.start(LocalPlatformSettings.temporary().withDataDir(folder))) {
      assertThat(children).noneMatch(ProcessHandle::isAlive);
      assertThat(next.brokers().get(0).isAlive()).isTrue();
    }
  }
}
