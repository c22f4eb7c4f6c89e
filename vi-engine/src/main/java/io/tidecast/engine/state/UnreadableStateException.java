package io.tidecast.engine.state;

/**
 * A saved state cannot be taken over: it is damaged, of a newer version, or was written under other
 * settings.
 */
public final class UnreadableStateException extends RuntimeException {
  public UnreadableStateException(String message) {
    super(message);
  }

  public UnreadableStateException(String message, Throwable cause) {
    super(message, cause);
  }
}
