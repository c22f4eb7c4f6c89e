/**
 * The fault campaign: real processes, real signals, and the question whether anything was lost,
 * learned twice, or learned differently.
 */
@NullMarked
package io.tidecast.bench.chaos;

import org.jspecify.annotations.NullMarked;
