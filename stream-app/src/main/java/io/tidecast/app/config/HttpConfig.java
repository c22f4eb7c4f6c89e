package io.tidecast.app.config;

import java.util.Optional;

/**
 * Where the live page and HTTP interface listen.
 *
 * @param host address
 * @param port 0 for any free one
 * @param token bearer token that is asked for; empty: none
 */
public record HttpConfig(String host, int port, Optional<String> token) {
  /** The token stays out of logs. */
  @Override
  public String toString() {
    return "http://" + host + ":" + port;
  }
}
