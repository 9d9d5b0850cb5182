/** Frames: what stands on the wire, byte by byte, and the codec that reads and writes it. */
@NullMarked
package io.p2pmining.common.frame;

import org.jspecify.annotations.NullMarked;
