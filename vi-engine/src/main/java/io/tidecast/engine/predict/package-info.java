/** Predictive distributions: equal mixtures over weight draws, their quantiles and variances. */
@NullMarked
package io.tidecast.engine.predict;

import org.jspecify.annotations.NullMarked;
