/** What Prometheus reads: gauges and counters over the state that other packages keep. */
@NullMarked
package io.p2pmining.master.metrics;

import org.jspecify.annotations.NullMarked;
