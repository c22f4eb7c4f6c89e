/** The dead letters as people handle them: read, explained, submitted again. */
@NullMarked
package io.tidecast.app.letters;

import org.jspecify.annotations.NullMarked;
