/** The primitives that proofs of work are built from: Blake2b, Argon2d, AES rounds. */
@NullMarked
package io.p2pmining.core.crypto;

import org.jspecify.annotations.NullMarked;
