package io.p2pmining.master.source.monero;

import io.p2pmining.common.work.Bytes;
import java.math.BigInteger;

/**
 * A daemon's answer to {@code get_block_template}.
 *
 * @param blob the block, to be submitted with a nonce in place
 * @param hashingBlob what the proof of work is computed over
 * @param difficulty how many hashes the block takes on average
 * @param height the height the block would have
 * @param reservedOffset where in the blob the reserved bytes begin; 0 if there are none
 * @param previousId the block below, 32 bytes
 * @param seedHash the RandomX key, 32 bytes
 * @param nextSeedHash the key about to come; empty if it is not known yet
 */
record BlockTemplate(
    Bytes blob,
    Bytes hashingBlob,
    BigInteger difficulty,
    long height,
    int reservedOffset,
    Bytes previousId,
    Bytes seedHash,
    Bytes nextSeedHash) {}
