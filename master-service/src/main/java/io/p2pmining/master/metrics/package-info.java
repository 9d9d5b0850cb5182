/**
 * What Prometheus reads: gauges over the state that other packages keep, timers of what they tell.
 */
@NullMarked
package io.p2pmining.master.metrics;

import org.jspecify.annotations.NullMarked;
