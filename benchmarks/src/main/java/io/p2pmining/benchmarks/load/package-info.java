/** Simulated workers that put a master under load, without hashing. */
@NullMarked
package io.p2pmining.benchmarks.load;

import org.jspecify.annotations.NullMarked;
