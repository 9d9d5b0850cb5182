/** Contenders in processes of their own, and the line protocol to talk to them. */
@NullMarked
package io.p2pmining.benchmarks.opponent;

import org.jspecify.annotations.NullMarked;
