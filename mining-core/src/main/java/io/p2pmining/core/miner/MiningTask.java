package io.p2pmining.core.miner;

import io.p2pmining.core.pow.Target;

/**
 * A range of nonces to search under one blob. Immutable; two tasks are never equal, even if they
 * ask for the same.
 */
public final class MiningTask {

  /** The length of a nonce in the blob; it stands there in little-endian order. */
  public static final int NONCE_BYTES = 4;

  private static final long NONCE_LIMIT = 1L << 32;

  private final SeedKey seed;
  private final byte[] blob;
  private final int nonceOffset;
  private final long nonceStart;
  private final long nonceCount;
  private final Target shareTarget;

  /**
   * A task over the nonces from {@code nonceStart} to {@code nonceStart + nonceCount − 1}.
   *
   * @param blob the bytes to hash, with room for the nonce at {@code nonceOffset}
   * @param shareTarget a nonce whose proof meets it is a share
   * @throws IllegalArgumentException if the nonce does not fit the blob or the range does not fit
   *     32 bits
   */
  public MiningTask(
      SeedKey seed,
      byte[] blob,
      int nonceOffset,
      long nonceStart,
      long nonceCount,
      Target shareTarget) {
    if (nonceOffset < 0 || nonceOffset > blob.length - NONCE_BYTES) {
      throw new IllegalArgumentException(
          "nonceOffset=" + nonceOffset + ", blob length=" + blob.length);
    }
    if (nonceStart < 0
        || nonceStart >= NONCE_LIMIT
        || nonceCount < 1
        || nonceCount > NONCE_LIMIT - nonceStart) {
      throw new IllegalArgumentException(
          "nonceStart=" + nonceStart + ", nonceCount=" + nonceCount + ", limit=2^32");
    }
    this.seed = seed;
    this.blob = blob.clone();
    this.nonceOffset = nonceOffset;
    this.nonceStart = nonceStart;
    this.nonceCount = nonceCount;
    this.shareTarget = shareTarget;
  }

  public SeedKey seed() {
    return seed;
  }

  /** A fresh array with the blob's bytes. */
  public byte[] blob() {
    return blob.clone();
  }

  public int nonceOffset() {
    return nonceOffset;
  }

  public long nonceStart() {
    return nonceStart;
  }

  public long nonceCount() {
    return nonceCount;
  }

  public Target shareTarget() {
    return shareTarget;
  }

  int blobLength() {
    return blob.length;
  }

  void copyBlobTo(byte[] destination) {
    System.arraycopy(blob, 0, destination, 0, blob.length);
  }

  @Override
  public String toString() {
    return seed + " nonces " + nonceStart + " to " + (nonceStart + nonceCount - 1);
  }
}
