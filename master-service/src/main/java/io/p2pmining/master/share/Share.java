package io.p2pmining.master.share;

import io.p2pmining.common.work.Bytes;
import io.p2pmining.master.work.PeerId;
import java.math.BigInteger;
import java.time.Instant;

/**
 * An accepted share.
 *
 * @param nonce 0 to 2³² − 1
 * @param hash 32 bytes
 * @param difficulty the difficulty of the target it had to meet: how many hashes it stands for
 * @param block whether it meets the network's target
 */
public record Share(
    long id,
    String jobId,
    long nonce,
    Bytes hash,
    BigInteger difficulty,
    PeerId peer,
    Instant foundAt,
    boolean block) {}
