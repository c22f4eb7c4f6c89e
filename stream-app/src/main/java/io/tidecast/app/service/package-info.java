/** The running service: engine, topics, Kafka Streams and its health. */
@NullMarked
package io.tidecast.app.service;

import org.jspecify.annotations.NullMarked;
