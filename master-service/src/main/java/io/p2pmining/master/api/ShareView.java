package io.p2pmining.master.api;

import io.p2pmining.master.share.Share;
import java.math.BigInteger;
import java.time.Instant;

/** An accepted share as the API shows it; {@code block} says whether it made a block. */
record ShareView(
    long id,
    String jobId,
    long nonce,
    String hash,
    BigInteger difficulty,
    String peerId,
    Instant foundAt,
    boolean block) {

  static ShareView of(Share share) {
    return new ShareView(
        share.id(),
        share.jobId(),
        share.nonce(),
        share.hash().toHex(),
        share.difficulty(),
        share.peer().hex(),
        share.foundAt(),
        share.block());
  }
}
