package io.tidecast.schemas;

import io.tidecast.schemas.avro.Observation;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;

/**
 * Avro instantiates a class that a schema names ({@code java-class}, record names) only if the
 * process trusts it, and it keeps that list for the whole process. We add the generated package,
 * which holds our contracts and nothing else; what was trusted before stays as it was.
 */
final class TrustedRecords {
  private static final String PACKAGE = Observation.class.getPackageName();

  private TrustedRecords() {}

  static synchronized void trust() {
    ClassSecurityPredicate before = ClassSecurityValidator.getGlobal();
    if (!before.isTrusted(Observation.class)) {
      ClassSecurityPredicate ours = type -> type.getPackageName().equals(PACKAGE);
      ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(before, ours));
    }
  }
}
