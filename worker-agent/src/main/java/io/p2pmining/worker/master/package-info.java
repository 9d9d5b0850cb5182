/** The connection to the master: made again for ever, one session at a time. */
@NullMarked
package io.p2pmining.worker.master;

import org.jspecify.annotations.NullMarked;
