/** What the machine's memory allows: the latency of a read, and how many run at a time. */
@NullMarked
package io.p2pmining.benchmarks.latency;

import org.jspecify.annotations.NullMarked;
