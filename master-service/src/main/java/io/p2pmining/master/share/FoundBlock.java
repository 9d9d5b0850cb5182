package io.p2pmining.master.share;

import io.p2pmining.common.work.Bytes;
import io.p2pmining.master.job.BlockOutcome;
import io.p2pmining.master.work.PeerId;
import java.math.BigInteger;
import java.time.Instant;

/**
 * A block that was found and what became of it.
 *
 * @param hash the block's id where the source tells it, else the proof-of-work hash
 * @param difficulty the network's difficulty
 * @param detail one sentence on the outcome
 */
public record FoundBlock(
    long id,
    String jobId,
    long height,
    long nonce,
    Bytes hash,
    BigInteger difficulty,
    PeerId peer,
    Instant foundAt,
    BlockOutcome.State outcome,
    String detail) {

  FoundBlock with(BlockOutcome result) {
    Bytes id = result.blockId().isEmpty() ? hash : result.blockId();
    return new FoundBlock(
        this.id,
        jobId,
        height,
        nonce,
        id,
        difficulty,
        peer,
        foundAt,
        result.state(),
        result.detail());
  }
}
