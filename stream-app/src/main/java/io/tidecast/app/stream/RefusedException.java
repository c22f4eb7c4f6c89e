package io.tidecast.app.stream;

import io.tidecast.engine.Rejection;

/** A record that can never be learned from: it belongs in the dead letters. */
final class RefusedException extends RuntimeException {
  private final transient Rejection rejection;

  RefusedException(String reason, String detail) {
    super(reason + ": " + detail, null, false, false);
    this.rejection = new Rejection(reason, detail);
  }

  Rejection rejection() {
    return rejection;
  }
}
