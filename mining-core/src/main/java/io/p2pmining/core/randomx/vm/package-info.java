/** The virtual machine: one sealed interface, whatever executes the programs. */
@NullMarked
package io.p2pmining.core.randomx.vm;

import org.jspecify.annotations.NullMarked;
