/** Labelled samples: classification and regression on a stream, with late labels. */
@NullMarked
package io.tidecast.engine.supervised;

import org.jspecify.annotations.NullMarked;
