/** The {@code hash} command: single hashes, and batches of them for scripts. */
@NullMarked
package io.p2pmining.cli.hash;

import org.jspecify.annotations.NullMarked;
