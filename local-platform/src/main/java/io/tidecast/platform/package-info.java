/** A real Kafka broker and a real schema registry as child processes of this one. */
@NullMarked
package io.tidecast.platform;

import org.jspecify.annotations.NullMarked;
