/** The {@code bench} command: how fast this machine hashes, without any network. */
@NullMarked
package io.p2pmining.cli.bench;

import org.jspecify.annotations.NullMarked;
