package io.tidecast.platform.leash;

import java.io.IOException;
import java.nio.file.Path;
import kafka.Kafka;
import kafka.tools.StorageTool;

/** The Kafka broker on a leash; formats its log folder first if that is new. */
public final class BrokerMain {
  private BrokerMain() {}

  /**
   * @param args the properties file and the cluster id
   */
  public static void main(String[] args) throws IOException {
    Leash.fasten();
    String properties = Path.of(args[0]).toString();
    String[] format = {
      "format", "--ignore-formatted", "--cluster-id", args[1], "--config", properties
    };
    int status = StorageTool.execute(format, System.out);
    if (status != 0) {
      throw new IOException(
          "cannot format the log folder named in %s: StorageTool ended with %d"
              .formatted(properties, status));
    }
    Kafka.main(new String[] {properties});
  }
}
