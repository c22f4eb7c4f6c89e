/**
 * What runs inside the child processes: the entry points of broker and registry, held on a leash by
 * the parent.
 */
@NullMarked
package io.tidecast.platform.leash;

import org.jspecify.annotations.NullMarked;
