/** An assembler for x86-64: knows the processor's encodings and nothing of what they are for. */
@NullMarked
package io.p2pmining.core.x86;

import org.jspecify.annotations.NullMarked;
