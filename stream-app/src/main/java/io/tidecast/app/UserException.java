package io.tidecast.app;

import java.util.List;

/**
 * Something that the person at the keyboard can put right: said in full sentences, without a stack
 * trace.
 *
 * <p>Each fault says what is wrong, where, what was expected and what to do.
 */
public final class UserException extends RuntimeException {
  private final List<String> faults;

  public UserException(String fault) {
    this(List.of(fault));
  }

  public UserException(List<String> faults) {
    super(String.join("\n", faults));
    this.faults = List.copyOf(faults);
  }

  public UserException(String fault, Throwable cause) {
    super(fault, cause);
    this.faults = List.of(fault);
  }

  /** What is wrong, a sentence each. */
  public List<String> faults() {
    return faults;
  }
}
