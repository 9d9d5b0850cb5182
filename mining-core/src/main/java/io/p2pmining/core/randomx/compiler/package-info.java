/**
 * The compiler for x86-64: turns RandomX programs into machine code that runs several hashes side
 * by side on one thread.
 */
@NullMarked
package io.p2pmining.core.randomx.compiler;

import org.jspecify.annotations.NullMarked;
