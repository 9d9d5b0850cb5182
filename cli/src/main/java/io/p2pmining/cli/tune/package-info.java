/** The {@code tune} command: finds out how this machine hashes fastest, and keeps it. */
@NullMarked
package io.p2pmining.cli.tune;

import org.jspecify.annotations.NullMarked;
