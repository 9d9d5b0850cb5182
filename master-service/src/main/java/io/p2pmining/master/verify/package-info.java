/** Recomputes what workers claim to have found. */
@NullMarked
package io.p2pmining.master.verify;

import org.jspecify.annotations.NullMarked;
