/**
 * The contracts between Tidecast and everyone else on Kafka: topics, Avro records, serdes. Knows
 * nothing of the engine.
 */
@NullMarked
package io.tidecast.schemas;

import org.jspecify.annotations.NullMarked;
