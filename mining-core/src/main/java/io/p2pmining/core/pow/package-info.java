/** What a proof of work is to the rest of the system: algorithms, hashers, targets. */
@NullMarked
package io.p2pmining.core.pow;

import org.jspecify.annotations.NullMarked;
