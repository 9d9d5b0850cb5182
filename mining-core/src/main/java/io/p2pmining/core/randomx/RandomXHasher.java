package io.p2pmining.core.randomx;

import io.p2pmining.core.crypto.Blake2b;
import io.p2pmining.core.pow.Hasher;

/** Hashes one input after the other on a pipeline of one lane. Owned by one thread. */
final class RandomXHasher implements Hasher {

  private final RandomXParameters parameters;
  private final RandomXPipeline pipeline;
  private final Blake2b hash256 = new Blake2b(HASH_LENGTH);
  private final byte[][] result = new byte[1][];

  RandomXHasher(RandomXParameters parameters, RandomXPipeline pipeline) {
    this.parameters = parameters;
    this.pipeline = pipeline;
  }

  @Override
  public void hash(byte[] input, int length, byte[] hash) {
    pipeline.load(0, input, length);
    pipeline.begin();
    result[0] = hash;
    pipeline.finish(result);
  }

  @Override
  public void proof(byte[] input, int length, byte[] hash, byte[] proof) {
    Commitment.proof(parameters.version(), hash256, input, length, hash, proof);
  }

  @Override
  public void close() {
    pipeline.close();
  }
}
