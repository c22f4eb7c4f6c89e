package io.tidecast.platform;

/** The users that a secured platform knows from its first start. */
public enum PlatformUser {
  /** May do everything: Kafka super user, {@code sr-admin} of the registry. */
  ADMIN("admin", "sr-admin"),
  /** Has no right in Kafka until one is granted; may register schemas. */
  SERVICE("tidecast", "sr-developer"),
  /** Has no right in Kafka until one is granted; may read schemas. */
  READER("reader", "sr-readonly");

  private final String userName;
  private final String registryRole;

  PlatformUser(String userName, String registryRole) {
    this.userName = userName;
    this.registryRole = registryRole;
  }

  /** Name to log in with. */
  public String userName() {
    return userName;
  }

  /** The name as Kafka's ACLs write it. */
  public String principal() {
    return "User:" + userName;
  }

  String registryRole() {
    return registryRole;
  }
}
