/** Double SHA-256: a proof of work without key, memory or modes. */
@NullMarked
package io.p2pmining.core.sha256d;

import org.jspecify.annotations.NullMarked;
