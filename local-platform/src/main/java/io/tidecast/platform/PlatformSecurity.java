package io.tidecast.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;

/**
 * How to get into a secured platform: passwords drawn at its first start, a certificate, and the
 * clients' properties. Everything lies in one folder that only its owner may read.
 *
 * <p>Kafka: SASL_SSL with SCRAM-SHA-512 for clients and between brokers, mutual TLS between
 * controllers (their quorum must stand before it knows any SCRAM user), and ACLs that allow nobody
 * anything but the super user. Registry: HTTPS with basic authentication and roles.
 */
public final class PlatformSecurity {
  private static final String STORE_PASSWORD = "store";
  private static final int PASSWORD_BYTES = 18;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path folder;
  private final Properties passwords;
  private final Certificates certificates;

  private PlatformSecurity(Path folder, Properties passwords, Certificates certificates) {
    this.folder = folder;
    this.passwords = passwords;
    this.certificates = certificates;
  }

  /** What a platform's folder holds, made at its first start. */
  static PlatformSecurity in(Path root) throws IOException {
    Path folder = PrivateFiles.folder(root.resolve("security"));
    Properties passwords = passwords(folder.resolve("passwords.properties"));
    Certificates certificates = Certificates.in(folder, passwords.getProperty(STORE_PASSWORD));
    PlatformSecurity security = new PlatformSecurity(folder, passwords, certificates);
    security.writeScramUsers();
    security.writeRegistrySettings();
    return security;
  }

  /** Properties that let a user's Kafka client in. Holds the password. */
  public Map<String, String> kafkaProperties(PlatformUser user) {
    Map<String, String> p = new TreeMap<>(certificates.trust(""));
    p.put("security.protocol", "SASL_SSL");
    p.put("sasl.mechanism", "SCRAM-SHA-512");
    p.put("sasl.jaas.config", jaas(user));
    return p;
  }

  /** Properties that let a user's Confluent registry client in. Holds the password. */
  public Map<String, String> registryProperties(PlatformUser user) {
    Map<String, String> p = new TreeMap<>(certificates.trust("schema.registry."));
    p.put("schema.registry.basic.auth.credentials.source", "USER_INFO");
    p.put("schema.registry.basic.auth.user.info", user.userName() + ":" + password(user));
    return p;
  }

  /** A user's password. */
  public String password(PlatformUser user) {
    return passwords.getProperty(user.userName());
  }

  /** Trusts the platform's certificate and nothing else. */
  public SSLContext sslContext() {
    return certificates.sslContext();
  }

  String basicAuthorization(PlatformUser user) {
    String pair = user.userName() + ":" + password(user);
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
  }

  Map<String, String> brokerProperties() {
    Map<String, String> p = new TreeMap<>(certificates.identity("ssl."));
    p.putAll(certificates.trust(""));
    p.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
    p.put("sasl.mechanism.inter.broker.protocol", "SCRAM-SHA-512");
    p.put("listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config", jaas(PlatformUser.ADMIN));
    p.put("listener.name.controller.ssl.client.auth", "required");
    p.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    p.put("super.users", PlatformUser.ADMIN.principal() + ";User:" + Certificates.NAME);
    return p;
  }

  /** File for {@code StorageTool --add-scram}, one user a line. */
  Path scramUsers() {
    return folder.resolve("scram-users");
  }

  Path registrySettings() {
    return folder.resolve("registry.properties");
  }

  private String jaas(PlatformUser user) {
    return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
        .formatted(user.userName(), password(user));
  }

  private void writeScramUsers() throws IOException {
    try (Writer writer = PrivateFiles.write(scramUsers())) {
      for (PlatformUser user : PlatformUser.values()) {
        writer.write(
            "SCRAM-SHA-512=[name=%s,password=%s]%n".formatted(user.userName(), password(user)));
      }
    }
  }

  private void writeRegistrySettings() throws IOException {
    Properties p = new Properties();
    p.setProperty("quarkus.http.insecure-requests", "disabled");
    certificates.quarkus().forEach(p::setProperty);
    p.setProperty("quarkus.http.auth.basic", "true");
    p.setProperty("quarkus.http.auth.permission.api.paths", "/apis/*");
    p.setProperty("quarkus.http.auth.permission.api.policy", "authenticated");
    p.setProperty("quarkus.security.users.embedded.plain-text", "true");
    p.setProperty("apicurio.auth.role-based-authorization", "true");
    for (PlatformUser user : PlatformUser.values()) {
      String users = "quarkus.security.users.embedded.";
      p.setProperty(users + "users." + user.userName(), password(user));
      p.setProperty(users + "roles." + user.userName(), user.registryRole());
    }
    try (Writer writer = PrivateFiles.write(registrySettings())) {
      p.store(writer, null);
    }
  }

  private static Properties passwords(Path file) throws IOException {
    Properties passwords = new Properties();
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        passwords.load(reader);
      }
      return passwords;
    }
    passwords.setProperty(STORE_PASSWORD, newPassword());
    for (PlatformUser user : PlatformUser.values()) {
      passwords.setProperty(user.userName(), newPassword());
    }
    try (Writer writer = PrivateFiles.write(file)) {
      passwords.store(writer, "Passwords of a Tidecast local platform");
    }
    return passwords;
  }

  private static String newPassword() {
    byte[] bytes = new byte[PASSWORD_BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().encodeToString(bytes);
  }
}
