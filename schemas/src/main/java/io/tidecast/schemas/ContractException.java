package io.tidecast.schemas;

/** The registry could not be brought to accept a contract. The message says which one and why. */
public final class ContractException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ContractException(String message, Throwable cause) {
    super(message, cause);
  }

  ContractException(String message) {
    super(message);
  }
}
