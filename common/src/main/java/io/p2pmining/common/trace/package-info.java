/** The trace that a piece of work belongs to, from the request that made it to its results. */
@NullMarked
package io.p2pmining.common.trace;

import org.jspecify.annotations.NullMarked;
