package io.p2pmining.master.api;

import io.p2pmining.master.job.BlockOutcome;
import io.p2pmining.master.share.FoundBlock;
import java.math.BigInteger;
import java.time.Instant;

/** A block as the API shows it. */
record BlockView(
    long id,
    String jobId,
    long height,
    long nonce,
    String hash,
    BigInteger difficulty,
    String peerId,
    Instant foundAt,
    BlockOutcome.State outcome,
    String detail) {

  static BlockView of(FoundBlock block) {
    return new BlockView(
        block.id(),
        block.jobId(),
        block.height(),
        block.nonce(),
        block.hash().toHex(),
        block.difficulty(),
        block.peer().hex(),
        block.foundAt(),
        block.outcome(),
        block.detail());
  }
}
