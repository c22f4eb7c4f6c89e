package io.tidecast.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What a test needs of the machine. */
public final class Requirement {
  private Requirement() {}

  /**
   * Skips the test, with the reason, where something is not there; with the variable set to 1 that
   * is a failure.
   *
   * @param variable environment variable by which a machine says that it has the thing
   */
  public static void orSkip(String variable, boolean there, String reason) {
    if ("1".equals(System.getenv(variable))) {
      assertThat(there).as(reason).isTrue();
    }
    assumeTrue(there, reason);
  }
}
