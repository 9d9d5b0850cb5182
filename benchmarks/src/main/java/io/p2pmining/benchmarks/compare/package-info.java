/** Paired, alternating comparisons of this project's engine with others. */
@NullMarked
package io.p2pmining.benchmarks.compare;

import org.jspecify.annotations.NullMarked;
