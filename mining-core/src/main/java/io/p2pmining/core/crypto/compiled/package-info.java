/** The primitives of {@code io.p2pmining.core.crypto} as machine code, made at run time. */
@NullMarked
package io.p2pmining.core.crypto.compiled;

import org.jspecify.annotations.NullMarked;
