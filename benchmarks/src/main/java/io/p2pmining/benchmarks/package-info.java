/** The command line of the benchmarks. */
@NullMarked
package io.p2pmining.benchmarks;

import org.jspecify.annotations.NullMarked;
