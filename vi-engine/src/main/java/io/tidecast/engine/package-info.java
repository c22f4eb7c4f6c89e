/** The learner: pure Java and DJL, without any knowledge of Kafka or Avro. */
@NullMarked
package io.tidecast.engine;

import org.jspecify.annotations.NullMarked;
