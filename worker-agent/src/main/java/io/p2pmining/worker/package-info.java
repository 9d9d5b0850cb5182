/** The worker: an agent that hashes work units for a master. */
@NullMarked
package io.p2pmining.worker;

import org.jspecify.annotations.NullMarked;
