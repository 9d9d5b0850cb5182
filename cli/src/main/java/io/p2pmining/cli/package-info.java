/** The {@code p2pmine} command: how it is parsed, how it fails and how it ends. */
@NullMarked
package io.p2pmining.cli;

import org.jspecify.annotations.NullMarked;
