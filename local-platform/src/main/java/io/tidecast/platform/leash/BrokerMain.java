package io.tidecast.platform.leash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kafka.Kafka;
import kafka.tools.StorageTool;

/** The Kafka broker on a leash; formats its log folder first if that is new. */
public final class BrokerMain {
  private BrokerMain() {}

  /**
   * @param args the properties file, the cluster id and, of a secured broker, the file with its
   *     first SCRAM users, one a line
   */
  public static void main(String[] args) throws IOException {
    Leash.fasten();
    String properties = Path.of(args[0]).toString();
    List<String> format =
        new ArrayList<>(
            List.of(
                "format", "--ignore-formatted", "--cluster-id", args[1], "--config", properties));
    if (args.length > 2) {
      for (String user : Files.readAllLines(Path.of(args[2]))) {
        format.addAll(List.of("--add-scram", user));
      }
    }
    int status = StorageTool.execute(format.toArray(String[]::new), System.out);
    if (status != 0) {
      throw new IOException(
          "cannot format the log folder named in %s: StorageTool ended with %d"
              .formatted(properties, status));
    }
    Kafka.main(new String[] {properties});
  }
}
