/** Versioned snapshots: what a learner must remember to go on as if it had never stopped. */
@NullMarked
package io.tidecast.engine.state;

import org.jspecify.annotations.NullMarked;
