package io.p2pmining.master.source.monero;

import io.p2pmining.common.work.Bytes;
import io.p2pmining.common.work.NonceRange;
import io.p2pmining.core.pow.Target;
import io.p2pmining.master.job.Job;
import java.time.Instant;
import java.util.Optional;

/**
 * A block that lacks nothing but its nonce. Immutable.
 *
 * @param template where it comes from
 * @param algorithm its proof of work
 * @param extraNonce what makes it unlike every other
 * @param blob the whole block
 * @param hashingBlob what the proof of work is computed over
 * @param nonceOffset where the nonce stands in both
 */
record UnminedBlock(
    BlockTemplate template,
    String algorithm,
    ExtraNonces.ExtraNonce extraNonce,
    Bytes blob,
    Bytes hashingBlob,
    int nonceOffset) {

  /** The block that a job is for; empty if these bytes are not it. */
  static Optional<UnminedBlock> of(Job job, Bytes blob) {
    Target network = job.networkTarget();
    if (network == null || job.extraNonce().length() != ExtraNonces.LENGTH) {
      return Optional.empty();
    }
    try {
      BlockBlob block = BlockBlob.parse(blob.toArray());
      if (block.nonceOffset() != job.nonceOffset()) {
        return Optional.empty();
      }
      BlockTemplate template =
          new BlockTemplate(
              blob,
              job.blob(),
              network.difficulty(),
              job.height(),
              0,
              Bytes.copyOf(block.previousId()),
              job.seedHash(),
              job.nextSeedHash());
      return Optional.of(
          new UnminedBlock(
              template,
              job.algorithm(),
              ExtraNonces.ExtraNonce.of(job.extraNonce()),
              blob,
              job.blob(),
              job.nonceOffset()));
    } catch (MalformedBlobException e) {
      return Optional.empty();
    }
  }

  /** The job to find its nonce. */
  Job job(String source, Instant createdAt) {
    return new Job(
        extraNonce.jobId(),
        source,
        algorithm,
        hashingBlob,
        nonceOffset,
        NonceRange.ALL,
        template.seedHash(),
        template.nextSeedHash(),
        Target.forDifficulty(template.difficulty()),
        template.height(),
        extraNonce.bytes(),
        createdAt);
  }

  /** The block with a nonce found for it. */
  MinedBlock mined(long nonce) {
    byte[] whole = withNonce(blob, nonce);
    byte[] id = BlockBlob.id(withNonce(hashingBlob, nonce));
    return new MinedBlock(template.height(), Bytes.copyOf(id), Bytes.copyOf(whole));
  }

  private byte[] withNonce(Bytes bytes, long nonce) {
    byte[] copy = bytes.toArray();
    for (int i = 0; i < Job.NONCE_BYTES; i++) {
      copy[nonceOffset + i] = (byte) (nonce >>> (Byte.SIZE * i));
    }
    return copy;
  }
}
