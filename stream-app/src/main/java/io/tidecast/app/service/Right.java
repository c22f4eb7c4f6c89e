package io.tidecast.app.service;

import java.util.Locale;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * One right that the service needs in Kafka.
 *
 * @param type what it is a right on
 * @param pattern whether the name is whole or the beginning of one
 * @param name its name
 * @param operation what must be allowed
 * @param purpose what for, to follow "to"
 */
public record Right(
    ResourceType type, PatternType pattern, String name, AclOperation operation, String purpose) {

  /** The ACL that grants it, on connections from anywhere. */
  public AclBinding grantedTo(String principal) {
    return new AclBinding(
        new ResourcePattern(type, name, pattern),
        new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW));
  }

  /** Options of {@code kafka-acls.sh} that grant it. */
  public String toKafkaAcls(String principal) {
    String resource = type.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return "--add --allow-principal %s --operation %s --%s %s%s"
        .formatted(
            principal,
            operation,
            resource,
            name,
            pattern == PatternType.PREFIXED ? " --resource-pattern-type prefixed" : "");
  }

  boolean concerns(ResourceType resourceType, String resourceName) {
    return type == resourceType
        && (pattern == PatternType.PREFIXED
            ? resourceName.startsWith(name)
            : resourceName.equals(name));
  }

  @Override
  public String toString() {
    return "%s on %s '%s%s' (to %s)"
        .formatted(
            operation,
            type.name().toLowerCase(Locale.ROOT).replace('_', ' '),
            name,
            pattern == PatternType.PREFIXED ? "..." : "",
            purpose);
  }
}
