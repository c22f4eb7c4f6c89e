/**
 * Where observations come from when nobody produces them yet: a CSV file or this machine's own
 * load.
 */
@NullMarked
package io.tidecast.app.feed;

import org.jspecify.annotations.NullMarked;
