package io.p2pmining.benchmarks.engine;

import io.p2pmining.benchmarks.contender.Blob;
import io.p2pmining.benchmarks.contender.HashLoop;
import io.p2pmining.core.pow.HashPipeline;
import io.p2pmining.core.pow.Hasher;
import io.p2pmining.core.pow.PowAlgorithm;
import java.util.Arrays;

/** Hashes through a pipeline as a mining thread does: batch after batch, with the proofs. */
final class PipelineLoop implements HashLoop {

  private final PowAlgorithm algorithm;
  private final HashPipeline pipeline;
  private final int lanes;
  private final byte[][] hashes;
  private final byte[] proof = new byte[Hasher.HASH_LENGTH];
  private byte[][] current;
  private byte[][] following;

  PipelineLoop(PowAlgorithm algorithm, HashPipeline pipeline) {
    this.algorithm = algorithm;
    this.pipeline = pipeline;
    lanes = pipeline.lanes();
    hashes = new byte[lanes][Hasher.HASH_LENGTH];
    current = new byte[lanes][Blob.LENGTH];
    following = new byte[lanes][Blob.LENGTH];
  }

  @Override
  public long hashFor(long nanos, int firstNonce) {
    long begin = System.nanoTime();
    int nonce = firstNonce;
    long completed = 0;
    nonce = load(current, nonce);
    pipeline.begin();
    while (System.nanoTime() - begin < nanos) {
      nonce = load(following, nonce);
      pipeline.next(hashes);
      completed += prove();
      byte[][] spare = current;
      current = following;
      following = spare;
    }
    pipeline.finish(hashes);
    return completed + prove();
  }

  private int load(byte[][] inputs, int firstNonce) {
    int nonce = firstNonce;
    for (int lane = 0; lane < lanes; lane++) {
      Blob.setNonce(inputs[lane], nonce++);
      pipeline.load(lane, inputs[lane], Blob.LENGTH);
    }
    return nonce;
  }

  private int prove() {
    for (int lane = 0; lane < lanes; lane++) {
      algorithm.proof(current[lane], Blob.LENGTH, hashes[lane], proof);
    }
    return lanes;
  }

  @Override
  public byte[] hash(byte[] input) {
    for (int lane = 0; lane < lanes; lane++) {
      pipeline.load(lane, input, input.length);
    }
    pipeline.begin();
    pipeline.finish(hashes);
    for (byte[] hash : hashes) {
      if (!Arrays.equals(hash, hashes[0])) {
        throw new IllegalStateException("lanes disagree on a hash: lanes=" + lanes);
      }
    }
    return hashes[0].clone();
  }

  @Override
  public void close() {
    pipeline.close();
  }
}
