/** Simulated workers and stored work that put a master under load, without hashing. */
@NullMarked
package io.p2pmining.benchmarks.load;

import org.jspecify.annotations.NullMarked;
