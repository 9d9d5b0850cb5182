/** This project's engines as contenders. */
@NullMarked
package io.p2pmining.benchmarks.engine;

import org.jspecify.annotations.NullMarked;
