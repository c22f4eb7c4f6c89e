package io.tidecast.engine;

/**
 * Why an input was refused.
 *
 * @param reason short and stable, for grouping and alerts, e.g. {@code NON_FINITE_VALUE}
 * @param detail what, where, what was expected and what to do, for a person
 */
public record Rejection(String reason, String detail) {}
