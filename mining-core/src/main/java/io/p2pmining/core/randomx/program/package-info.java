/** Programs of the virtual machine: their layout, their instructions, and what those mean. */
@NullMarked
package io.p2pmining.core.randomx.program;

import org.jspecify.annotations.NullMarked;
