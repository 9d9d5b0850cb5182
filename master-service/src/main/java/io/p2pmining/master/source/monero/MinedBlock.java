package io.p2pmining.master.source.monero;

import io.p2pmining.common.work.Bytes;

/**
 * A finished block.
 *
 * @param height its height
 * @param id its id, 32 bytes
 * @param blob the whole of it, to be submitted
 */
record MinedBlock(long height, Bytes id, Bytes blob) {}
