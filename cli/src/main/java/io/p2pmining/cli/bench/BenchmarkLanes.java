package io.p2pmining.cli.bench;

import io.p2pmining.core.pow.HashPipeline;
import io.p2pmining.core.pow.Hasher;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Hashes XMRig's benchmark blob, 112 zero bytes with a 32-bit little-endian nonce at offset 39, in
 * the lanes of one pipeline. Nonces may run short of lanes: what the others hash does not count.
 * Owned by one thread.
 */
final class BenchmarkLanes {

  private static final int BLOB_LENGTH = 112;
  private static final int NONCE_OFFSET = 39;
  private static final int CHECKSUM_OFFSET = Hasher.HASH_LENGTH - Long.BYTES;

  private final HashPipeline pipeline;
  private final NoncePieces nonces;
  private final byte[][] hashes;
  private final ByteBuffer proof =
      ByteBuffer.allocate(Hasher.HASH_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
  private Batch loaded;
  private Batch begun;
  private long checksum;

  /** Lanes of a pipeline that somebody else closes. */
  BenchmarkLanes(HashPipeline pipeline, NoncePieces nonces) {
    this.pipeline = pipeline;
    this.nonces = nonces;
    this.hashes = new byte[pipeline.lanes()][Hasher.HASH_LENGTH];
    this.loaded = new Batch(pipeline.lanes());
    this.begun = new Batch(pipeline.lanes());
  }

  /** Starts the first batch; false if there are no nonces. */
  boolean begin() {
    if (!load()) {
      return false;
    }
    pipeline.begin();
    swap();
    return true;
  }

  /**
   * Completes the batch under way and starts the next.
   *
   * @return how many nonces were hashed; 0 if there are none for a next batch, and nothing was done
   */
  int next() {
    if (!load()) {
      return 0;
    }
    pipeline.next(hashes);
    int counted = count(begun);
    swap();
    return counted;
  }

  /** Completes the batch under way; returns how many nonces were hashed. */
  int finish() {
    pipeline.finish(hashes);
    return count(begun);
  }

  /** The XOR of the last eight bytes of every proof so far. */
  long checksum() {
    return checksum;
  }

  private void swap() {
    Batch spare = begun;
    begun = loaded;
    loaded = spare;
  }

  /** Gives each lane a nonce as long as there are any; false if there were none at all. */
  private boolean load() {
    loaded.filled = 0;
    for (int lane = 0; lane < hashes.length; lane++) {
      ByteBuffer blob = loaded.blobs[lane];
      long nonce = nonces.next();
      if (nonce != NoncePieces.NONE) {
        blob.putInt(NONCE_OFFSET, (int) nonce);
        loaded.filled++;
      } else if (lane == 0) {
        return false;
      }
      pipeline.load(lane, blob.array(), BLOB_LENGTH);
    }
    return true;
  }

  private int count(Batch batch) {
    for (int lane = 0; lane < batch.filled; lane++) {
      pipeline.proof(batch.blobs[lane].array(), BLOB_LENGTH, hashes[lane], proof.array());
      checksum ^= proof.getLong(CHECKSUM_OFFSET);
    }
    return batch.filled;
  }

  /** What was loaded together: the first {@code filled} lanes have nonces of their own. */
  private static final class Batch {

    final ByteBuffer[] blobs;
    int filled;

    Batch(int lanes) {
      blobs = new ByteBuffer[lanes];
      for (int lane = 0; lane < lanes; lane++) {
        blobs[lane] = ByteBuffer.allocate(BLOB_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
      }
    }
  }
}
