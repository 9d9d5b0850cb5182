package io.p2pmining.core.randomx;

import io.p2pmining.core.pow.Hasher;

/** Hashes one input after the other on a pipeline of one lane. Owned by one thread. */
final class RandomXHasher implements Hasher {

  private final RandomXPipeline pipeline;
  private final byte[][] result = new byte[1][];

  RandomXHasher(RandomXPipeline pipeline) {
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
    pipeline.proof(input, length, hash, proof);
  }

  @Override
  public void close() {
    pipeline.close();
  }
}
