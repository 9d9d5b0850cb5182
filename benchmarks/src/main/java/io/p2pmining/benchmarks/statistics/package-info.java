/** What repeated and paired measurements say. */
@NullMarked
package io.p2pmining.benchmarks.statistics;

import org.jspecify.annotations.NullMarked;
