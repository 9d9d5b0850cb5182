/** SuperscalarHash (specification, section 6): programs, their generator, how they are run. */
@NullMarked
package io.p2pmining.core.randomx.superscalar;

import org.jspecify.annotations.NullMarked;
