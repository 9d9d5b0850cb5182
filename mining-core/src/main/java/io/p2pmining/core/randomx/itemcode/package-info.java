/** Machine code for x86-64 that computes dataset items (specification, section 7.3). */
@NullMarked
package io.p2pmining.core.randomx.itemcode;

import org.jspecify.annotations.NullMarked;
