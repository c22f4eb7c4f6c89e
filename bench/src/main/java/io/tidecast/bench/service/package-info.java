/** A whole service under load: a burst of inputs, its memory while they are learned, a restart. */
@NullMarked
package io.tidecast.bench.service;

import org.jspecify.annotations.NullMarked;
