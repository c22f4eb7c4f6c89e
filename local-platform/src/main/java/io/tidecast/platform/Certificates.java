package io.tidecast.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The servers' one key and certificate for 127.0.0.1 and localhost, signed by itself and made with
 * the JDK's {@code keytool}, and a trust store that holds that certificate alone.
 *
 * @param identity PKCS12 file with the key
 * @param trust PKCS12 file with the certificate
 * @param password of both files
 */
record Certificates(Path identity, Path trust, String password) {
  /** Distinguished name of the servers, which is their name between controllers. */
  static final String NAME = "CN=tidecast-local-platform";

  private static final String ALIAS = "server";
  private static final int DAYS = 3650;
  private static final long PATIENCE_SECONDS = 60;

  static Certificates in(Path folder, String password) throws IOException {
    Certificates certificates =
        new Certificates(folder.resolve("server.p12"), folder.resolve("trust.p12"), password);
    if (!Files.exists(certificates.trust)) {
      certificates.makeIdentity();
      certificates.makeTrust();
    }
    return certificates;
  }

  /** Kafka's properties for a server that shows this certificate. */
  Map<String, String> identity(String prefix) {
    return Map.of(
        prefix + "keystore.location",
        identity.toString(),
        prefix + "keystore.type",
        "PKCS12",
        prefix + "keystore.password",
        password,
        prefix + "key.password",
        password);
  }

  /** Kafka's properties for whoever has to trust it. */
  Map<String, String> trust(String prefix) {
    return Map.of(
        prefix + "ssl.truststore.location",
        trust.toString(),
        prefix + "ssl.truststore.type",
        "PKCS12",
        prefix + "ssl.truststore.password",
        password);
  }

  Map<String, String> quarkus() {
    String prefix = "quarkus.http.ssl.certificate.";
    return Map.of(
        prefix + "key-store-file",
        identity.toString(),
        prefix + "key-store-file-type",
        "PKCS12",
        prefix + "key-store-password",
        password);
  }

  SSLContext sslContext() {
    try (InputStream in = Files.newInputStream(trust)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, password.toCharArray());
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, factory.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new PlatformException("%s: cannot be used: %s".formatted(trust, e), e);
    }
  }

  private void makeIdentity() throws IOException {
    Files.deleteIfExists(identity);
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of(
                    keytool.toString(),
                    "-genkeypair",
                    "-alias",
                    ALIAS,
                    "-keyalg",
                    "EC",
                    "-groupname",
                    "secp256r1",
                    "-validity",
                    String.valueOf(DAYS),
                    "-dname",
                    NAME,
                    "-ext",
                    "san=ip:127.0.0.1,dns:localhost",
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    identity.toString(),
                    "-storepass:env",
                    "STORE_PASSWORD"))
            .redirectErrorStream(true);
    // By the environment, since everybody may read the command lines of processes.
    builder.environment().put("STORE_PASSWORD", password);
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new PlatformException("keytool could not make a certificate: " + output);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PlatformException("interrupted while a certificate was made", e);
    }
  }

  private void makeTrust() throws IOException {
    try (InputStream in = Files.newInputStream(identity)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, password.toCharArray());
      Certificate certificate = keys.getCertificate(ALIAS);
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry(ALIAS, certificate);
      try (var out = Files.newOutputStream(trust)) {
        store.store(out, password.toCharArray());
      }
    } catch (GeneralSecurityException e) {
      throw new PlatformException("%s: cannot be made: %s".formatted(trust, e), e);
    }
  }

  @Override
  public String toString() {
    return "Certificates[" + identity + "]";
  }
}
