package io.tidecast.app.config;

import java.util.Locale;
import java.util.regex.Pattern;

/** Keeps passwords out of what is printed. */
final class Secrets {
  static final String MASK = "********";

  private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/@\\s]+(?=@)");

  private Secrets() {}

  /** Whether a setting of this name may hold a secret. */
  static boolean isSecret(String name) {
    String n = name.toLowerCase(Locale.ROOT);
    return n.contains("password")
        || n.contains("secret")
        || n.contains("token")
        || n.contains("credential")
        || n.contains("user.info")
        || n.contains("jaas")
        || n.contains("keystore.key")
        || n.endsWith(".key");
  }

  /** A text with the user and password of any URL in it masked. */
  static String maskUserInfo(String text) {
    return USER_INFO.matcher(text).replaceAll(MASK);
  }
}
