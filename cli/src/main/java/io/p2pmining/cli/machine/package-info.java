/** What the machine offers to the processes about to be started. */
@NullMarked
package io.p2pmining.cli.machine;

import org.jspecify.annotations.NullMarked;
