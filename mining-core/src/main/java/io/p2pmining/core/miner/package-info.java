/** Mining threads: they search queued nonce ranges and prepare the seeds that the ranges need. */
@NullMarked
package io.p2pmining.core.miner;

import org.jspecify.annotations.NullMarked;
