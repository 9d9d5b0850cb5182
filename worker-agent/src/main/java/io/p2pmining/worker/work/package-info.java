/** The units in hand: searched by the miner, reported to the master, results kept until taken. */
@NullMarked
package io.p2pmining.worker.work;

import org.jspecify.annotations.NullMarked;
