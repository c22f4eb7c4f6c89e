/** The topology: records in, an event-sourced learner, records out. */
@NullMarked
package io.tidecast.app.stream;

import org.jspecify.annotations.NullMarked;
