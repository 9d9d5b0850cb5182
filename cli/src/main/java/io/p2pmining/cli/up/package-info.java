/**
 * The {@code up} command: a master and workers as child processes, watched until they are told to
 * end.
 */
@NullMarked
package io.p2pmining.cli.up;

import org.jspecify.annotations.NullMarked;
