/** Networks as specifications, batched over weight draws, and the likelihood heads on top. */
@NullMarked
package io.tidecast.engine.network;

import org.jspecify.annotations.NullMarked;
