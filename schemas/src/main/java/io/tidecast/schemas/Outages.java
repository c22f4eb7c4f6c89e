package io.tidecast.schemas;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** Tells a registry that does not answer from one that says no. */
final class Outages {
  private Outages() {}

  static boolean isOutage(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SocketException
          || cause instanceof SocketTimeoutException
          || cause instanceof UnknownHostException
          || cause instanceof SSLException
          || (cause instanceof RestClientException rest
              && isNoFaultOfTheRecord(rest.getStatus()))) {
        return true;
      }
    }
    return false;
  }

  /** Server errors, and a registry that does not let us in now: 401, 403, 408, 429. */
  private static boolean isNoFaultOfTheRecord(int status) {
    return status >= 500 || status == 401 || status == 403 || status == 408 || status == 429;
  }

  static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getClass().getSimpleName() + ": " + root.getMessage();
  }
}
