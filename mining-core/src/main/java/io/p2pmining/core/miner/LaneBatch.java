package io.p2pmining.core.miner;

import io.p2pmining.core.pow.HashPipeline;
import org.jspecify.annotations.Nullable;

/**
 * What the lanes of a pipeline hash in one batch; lanes may work for different tasks. Owned by one
 * mining thread, which uses the object again for later batches; allocates only for longer blobs
 * than before.
 */
final class LaneBatch {

  /** What a lane hashes for which there is no nonce: its result is not looked at. */
  private static final byte[] NOTHING_OF_INTEREST = new byte[1];

  private final @Nullable Claim[] claims;
  private final @Nullable MiningTask[] copiedTasks;
  private final byte[][] inputs;
  private final long[] nonces;

  LaneBatch(int lanes) {
    claims = new @Nullable Claim[lanes];
    copiedTasks = new @Nullable MiningTask[lanes];
    inputs = new byte[lanes][0];
    nonces = new long[lanes];
  }

  /** Loads a claim's next nonce into a lane. */
  void load(HashPipeline pipeline, int lane, Claim claim) {
    MiningTask task = claim.search().task;
    byte[] input = inputFor(lane, task);
    long nonce = task.nonceStart() + claim.take();
    for (int i = 0; i < MiningTask.NONCE_BYTES; i++) {
      input[task.nonceOffset() + i] = (byte) (nonce >>> (Byte.SIZE * i));
    }
    claims[lane] = claim;
    nonces[lane] = nonce;
    pipeline.load(lane, input, task.blobLength());
  }

  private byte[] inputFor(int lane, MiningTask task) {
    if (copiedTasks[lane] != task) {
      if (inputs[lane].length < task.blobLength()) {
        inputs[lane] = new byte[task.blobLength()];
      }
      task.copyBlobTo(inputs[lane]);
      copiedTasks[lane] = task;
    }
    return inputs[lane];
  }

  /** Gives a lane something to do that counts for nothing. */
  void loadNothing(HashPipeline pipeline, int lane) {
    claims[lane] = null;
    pipeline.load(lane, NOTHING_OF_INTEREST, NOTHING_OF_INTEREST.length);
  }

  /** Whose nonce a lane hashes; null if nobody's. */
  @Nullable Claim claim(int lane) {
    return claims[lane];
  }

  /** The nonce that a lane hashes, if it hashes one. */
  long nonce(int lane) {
    return nonces[lane];
  }

  /** What a lane hashes, if it hashes a nonce; as long as its task's blob or longer. */
  byte[] input(int lane) {
    return inputs[lane];
  }
}
