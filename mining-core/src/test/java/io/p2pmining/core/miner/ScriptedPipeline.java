package io.p2pmining.core.miner;

import io.p2pmining.core.pow.HashPipeline;
import io.p2pmining.core.pow.Hasher;
import io.p2pmining.core.pow.HashingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline of a {@link ScriptedAlgorithm}: strict about the order of calls, and about who makes
 * them. A batch waits for a permit per nonce before it is complete. Inputs too short for a nonce
 * are nobody's.
 */
final class ScriptedPipeline implements HashPipeline {

  private final ScriptedAlgorithm script;
  private final int lanes;
  private final int seed;
  private final HashingMode mode;
  private final Hasher lifetime;
  private final Thread owner = Thread.currentThread();
  private final byte @Nullable [][] loaded;
  private byte @Nullable [] @Nullable [] underWay;
  private int answers;
  private boolean closed;

  /** Idle lanes; {@code lifetime} is closed with them. */
  ScriptedPipeline(
      ScriptedAlgorithm script, int lanes, int seed, HashingMode mode, Hasher lifetime) {
    this.script = script;
    this.lanes = lanes;
    this.seed = seed;
    this.mode = mode;
    this.lifetime = lifetime;
    this.loaded = new byte[lanes][];
  }

  @Override
  public int lanes() {
    return lanes;
  }

  @Override
  public boolean overlaps() {
    return script.overlaps;
  }

  @Override
  public void load(int lane, byte[] input, int length) {
    check(!closed, "loaded after the close");
    check(loaded[lane] == null, "loaded twice: lane=" + lane);
    loaded[lane] = Arrays.copyOf(input, length);
  }

  @Override
  public void begin() {
    check(!closed, "begun after the close");
    underWay = loaded.clone();
    for (byte[] input : loaded) {
      check(input != null, "begun with an empty lane");
    }
    Arrays.fill(loaded, null);
  }

  @Override
  public void next(byte[][] hashes) {
    check(script.overlaps, "a batch ahead of a pipeline that does not overlap");
    complete(hashes);
    begin();
  }

  @Override
  public void finish(byte[][] hashes) {
    script.drains.incrementAndGet();
    check(Arrays.stream(loaded).allMatch(input -> input == null), "finished with loaded lanes");
    complete(hashes);
  }

  private void complete(byte[][] hashes) {
    check(underWay != null, "no batch is under way");
    if (ScriptedAlgorithm.nonceIn(underWay[0]) == ScriptedAlgorithm.CHECKED_NONCE) {
      answer(hashes);
      return;
    }
    List<Long> nonces = new ArrayList<>();
    for (byte[] input : underWay) {
      if (input.length >= ScriptedAlgorithm.nonceOffset() + MiningTask.NONCE_BYTES) {
        nonces.add(ScriptedAlgorithm.nonceIn(input));
      }
    }
    script.hashesBegun.release(nonces.size());
    script.hashPermits.acquireUninterruptibly(nonces.size());
    if (nonces.contains(script.failingNonce)) {
      throw new IllegalStateException("scripted trouble");
    }
    watch(nonces);
    for (int lane = 0; lane < underWay.length; lane++) {
      hash(underWay[lane], hashes[lane]);
    }
    script.batches.add(nonces);
    underWay = null;
  }

  private void answer(byte[][] hashes) {
    for (int lane = 0; lane < underWay.length; lane++) {
      boolean wrong = script.wrongAnswers.at(owner.getName(), seed, lane, answers);
      ScriptedAlgorithm.spread(ScriptedAlgorithm.nonceIn(underWay[lane]), hashes[lane]);
      hashes[lane][31] ^= (byte) (wrong ? 1 : 0);
    }
    answers++;
    underWay = null;
  }

  private void watch(List<Long> nonces) {
    try {
      script.batchWatch.accept(nonces);
    } catch (Throwable e) {
      script.misuses.add(e);
      throw e;
    }
  }

  private void hash(byte[] input, byte[] hash) {
    if (input.length < ScriptedAlgorithm.nonceOffset() + MiningTask.NONCE_BYTES) {
      Arrays.fill(hash, (byte) 0); // would be a share, if anybody looked at it
      return;
    }
    long nonce = ScriptedAlgorithm.nonceIn(input);
    ScriptedAlgorithm.spread(nonce, hash);
    script.inputs.put(nonce, input);
    script.modes.put(nonce, mode);
    script.hashed.merge(nonce, 1, Integer::sum);
  }

  @Override
  public void proof(byte[] input, int length, byte[] hash, byte[] proof) {
    ScriptedAlgorithm.spread(ScriptedAlgorithm.nonceIn(input), proof);
    check(Arrays.equals(hash, proof), "a proof of another input's hash");
  }

  @Override
  public void close() {
    check(!closed, "closed twice");
    closed = true;
    lifetime.close();
  }

  private void check(boolean allowed, String misuse) {
    if (!allowed || Thread.currentThread() != owner) {
      IllegalStateException e = new IllegalStateException(misuse);
      script.misuses.add(e);
      throw e;
    }
  }
}
