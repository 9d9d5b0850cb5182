package io.p2pmining.master.simulation;

import io.p2pmining.common.work.Bytes;
import io.p2pmining.core.pow.Hasher;
import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.master.verify.Verification;
import io.p2pmining.master.verify.Verifier;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.function.Consumer;

/** Verifies for real, but when the simulation says so, and on its thread; keeps a bounded queue. */
public final class SteppedVerifier implements Verifier {

  private static final int QUEUE = 4;
  private static final double VERIFICATIONS_PER_SECOND = 1000;

  private final Hasher hasher;
  private final Queue<Runnable> waiting = new ArrayDeque<>();

  public SteppedVerifier(Hasher hasher) {
    this.hasher = hasher;
  }

  public void verifyWaiting() {
    for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
      next.run();
    }
  }

  @Override
  public boolean verify(
      PowAlgorithm algorithm,
      Bytes seed,
      byte[] input,
      Bytes claimedHash,
      Consumer<Verification> done) {
    if (room() == 0) {
      return false;
    }
    return waiting.add(() -> done.accept(check(input, claimedHash)));
  }

  @Override
  public void prepareAhead(PowAlgorithm algorithm, Bytes seed) {}

  @Override
  public double verificationsPerSecond() {
    return VERIFICATIONS_PER_SECOND;
  }

  @Override
  public int room() {
    return QUEUE - waiting.size();
  }

  private Verification check(byte[] input, Bytes claimedHash) {
    byte[] hash = new byte[Hasher.HASH_LENGTH];
    hasher.hash(input, input.length, hash);
    return Arrays.equals(hash, claimedHash.toArray())
        ? new Verification.Correct()
        : new Verification.Wrong();
  }
}
