/** Shares and blocks: what counts, and the record of what was found. */
@NullMarked
package io.p2pmining.master.share;

import org.jspecify.annotations.NullMarked;
