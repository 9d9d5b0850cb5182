/** Executes decoded programs in plain Java, directed rounding included. */
@NullMarked
package io.p2pmining.core.randomx.interpreter;

import org.jspecify.annotations.NullMarked;
