/** The command line: what a person types, and what is printed. */
@NullMarked
package io.tidecast.app.cli;

import org.jspecify.annotations.NullMarked;
