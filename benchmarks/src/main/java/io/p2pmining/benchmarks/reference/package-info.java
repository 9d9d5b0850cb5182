/** Comparison with the reference implementation of RandomX, which is bound when it is there. */
@NullMarked
package io.p2pmining.benchmarks.reference;

import org.jspecify.annotations.NullMarked;
