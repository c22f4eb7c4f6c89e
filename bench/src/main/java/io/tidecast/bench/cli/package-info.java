/** The commands of this module, joined to the command line by {@link java.util.ServiceLoader}. */
@NullMarked
package io.tidecast.bench.cli;

import org.jspecify.annotations.NullMarked;
