/** How long a miner takes from its start to its first hash. */
@NullMarked
package io.p2pmining.benchmarks.start;

import org.jspecify.annotations.NullMarked;
