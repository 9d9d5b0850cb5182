package io.p2pmining.master.job;

import io.p2pmining.common.trace.TraceContext;
import io.p2pmining.common.work.Bytes;
import io.p2pmining.common.work.NonceRange;
import io.p2pmining.core.pow.Target;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something to search a nonce for. Immutable.
 *
 * @param id unique for the lifetime of the cluster
 * @param source the name of the source it came from
 * @param algorithm the proof of work, for example {@code rx/0}
 * @param blob the bytes to hash, with room for the nonce
 * @param nonceOffset where the 32-bit little-endian nonce stands in the blob
 * @param range the nonces to search
 * @param seedHash the key; empty for algorithms without one
 * @param nextSeedHash the key that is about to come; empty if none is known
 * @param networkTarget what makes a share a block; null if no share can
 * @param height the height of the block being searched for; 0 if that means nothing
 * @param extraNonce what makes this job's blob unlike every other; empty if nothing does
 * @param createdAt when the source made it
 * @param finite how it ends and what it weighs; null for a job that its source replaces and varies
 * @param trace what everything that is done for it belongs to; null as long as it has not arrived
 */
public record Job(
    String id,
    String source,
    String algorithm,
    Bytes blob,
    int nonceOffset,
    NonceRange range,
    Bytes seedHash,
    Bytes nextSeedHash,
    @Nullable Target networkTarget,
    long height,
    Bytes extraNonce,
    Instant createdAt,
    @Nullable FiniteTerms finite,
    @Nullable TraceContext trace) {

  /** The length of a nonce in the blob. */
  public static final int NONCE_BYTES = 4;

  public Job {
    if (nonceOffset < 0 || nonceOffset + NONCE_BYTES > blob.length()) {
      throw new IllegalArgumentException(
          "nonceOffset=" + nonceOffset + ", blob length=" + blob.length());
    }
  }

  /** A job that its source replaces by newer ones, and varies when its nonces are used up. */
  public Job(
      String id,
      String source,
      String algorithm,
      Bytes blob,
      int nonceOffset,
      NonceRange range,
      Bytes seedHash,
      Bytes nextSeedHash,
      @Nullable Target networkTarget,
      long height,
      Bytes extraNonce,
      Instant createdAt) {
    this(
        id,
        source,
        algorithm,
        blob,
        nonceOffset,
        range,
        seedHash,
        nextSeedHash,
        networkTarget,
        height,
        extraNonce,
        createdAt,
        null,
        null);
  }

  /** This job as a part of a trace. */
  public Job within(TraceContext whole) {
    return new Job(
        id,
        source,
        algorithm,
        blob,
        nonceOffset,
        range,
        seedHash,
        nextSeedHash,
        networkTarget,
        height,
        extraNonce,
        createdAt,
        finite,
        whole);
  }

  /** The weight of the job beside others. */
  public int priority() {
    FiniteTerms terms = finite;
    return terms == null ? FiniteTerms.DEFAULT_PRIORITY : terms.priority();
  }

  /** The blob with a nonce in its place. */
  public byte[] blobWith(long nonce) {
    byte[] bytes = blob.toArray();
    for (int i = 0; i < NONCE_BYTES; i++) {
      bytes[nonceOffset + i] = (byte) (nonce >>> (8 * i));
    }
    return bytes;
  }
}
