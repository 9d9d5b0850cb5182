/** The value types that masters and workers exchange. */
@NullMarked
package io.p2pmining.common.work;

import org.jspecify.annotations.NullMarked;
