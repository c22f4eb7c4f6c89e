/** One table of settings; a YAML file, the environment over it, flags over that. */
@NullMarked
package io.tidecast.app.config;

import org.jspecify.annotations.NullMarked;
