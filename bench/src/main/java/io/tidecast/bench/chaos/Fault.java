package io.tidecast.bench.chaos;

/** What the campaign does to the system. */
enum Fault {
  KILLED_WHILE_LEARNING("one instance killed (SIGKILL) while learning"),
  KILLED_WHILE_RESTORING(
      "one instance killed, its state deleted, and killed again while restoring"),
  KILLED_WHILE_SNAPSHOTTING("every instance killed at the first chunk of a snapshot"),
  ALL_INSTANCES_KILLED("every instance killed at once"),
  BROKER_KILLED("one of three brokers killed, back after 5 s"),
  BROKERS_RESTARTED("all three brokers killed at once and started again"),
  REGISTRY_KILLED("schema registry killed in mid-flight, back after 5 s"),
  REGISTRY_DOWN_AT_START("one instance started while the registry is down"),
  PAUSED("one instance stopped (SIGSTOP) for 10 s, past its session timeout"),
  STATE_DELETED("one instance killed and its state folder deleted"),
  STATE_CORRUPTED("one instance killed and its state files overwritten with noise"),
  DISK_FULL("one instance can write no file for 6 s, as on a full disk"),
  INSTANCES_SWAPPED("both instances stopped and started with each other's state folder");

  private final String text;

  Fault(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }
}
