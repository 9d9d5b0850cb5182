/** RandomX (tevador/RandomX, doc/specs.md) and its variants. */
@NullMarked
package io.p2pmining.core.randomx;

import org.jspecify.annotations.NullMarked;
