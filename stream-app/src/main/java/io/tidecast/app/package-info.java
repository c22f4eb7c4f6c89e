/** Tidecast on Kafka Streams. */
@NullMarked
package io.tidecast.app;

import org.jspecify.annotations.NullMarked;
