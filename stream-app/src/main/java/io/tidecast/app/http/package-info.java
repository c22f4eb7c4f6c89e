/**
 * The service for people and their tools: live page, HTTP interface, health and metrics.
 *
 * <p>{@code ViewFeed} reads the output topics into a {@code LiveView}, which holds the recent past
 * of every series, so that any instance shows all of them; {@code HttpServer} answers from there.
 */
@NullMarked
package io.tidecast.app.http;

import org.jspecify.annotations.NullMarked;
