package io.p2pmining.master.verify;

import io.p2pmining.common.work.Bytes;
import io.p2pmining.core.pow.PowAlgorithm;
import java.util.function.Consumer;

/** Recomputes hashes that workers claim. Safe for use by any thread; no method waits. */
public interface Verifier {

  /**
   * Recomputes a hash and compares it with the claimed one.
   *
   * @param done told the outcome, on any thread
   * @return false, and nothing happens, if too many shares wait already
   */
  boolean verify(
      PowAlgorithm algorithm,
      Bytes seed,
      byte[] input,
      Bytes claimedHash,
      Consumer<Verification> done);

  /** Prepares a seed ahead of its first use; trouble shows when it is used. */
  void prepareAhead(PowAlgorithm algorithm, Bytes seed);

  /** How many shares can be verified in a second, as measured lately. */
  double verificationsPerSecond();

  /** How many more shares would find room. */
  int room();
}
