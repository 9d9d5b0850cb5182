/** Whoever computes proofs of work in a comparison, and how its threads are run and measured. */
@NullMarked
package io.p2pmining.benchmarks.contender;

import org.jspecify.annotations.NullMarked;
