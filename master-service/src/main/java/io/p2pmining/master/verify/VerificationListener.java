package io.p2pmining.master.verify;

import java.time.Duration;

/** Told of every share that is recomputed, on the verifier's threads: returns quickly. */
@FunctionalInterface
public interface VerificationListener {

  /**
   * A share was recomputed, whatever that showed.
   *
   * @param waited how long it waited for a thread
   * @param took how long its hash took, without the preparation of its seed
   */
  void verified(Duration waited, Duration took);
}
