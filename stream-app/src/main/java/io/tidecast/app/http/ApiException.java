package io.tidecast.app.http;

/** A request that cannot be answered, with the status and a sentence for whoever asked. */
final class ApiException extends RuntimeException {
  private final int status;

  ApiException(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }
}
