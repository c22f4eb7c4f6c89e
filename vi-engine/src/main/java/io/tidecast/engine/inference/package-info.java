/** Proximal score-matching variational inference: the step, its settings and its report. */
@NullMarked
package io.tidecast.engine.inference;

import org.jspecify.annotations.NullMarked;
