package io.p2pmining.master.share;

import io.p2pmining.core.pow.Target;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the share target of an assignment: one share in {@link ShareSettings#interval()} from
 * each worker, fewer if all workers together would ask more of the verification than its load
 * allows, but never a target harder than the network's, or blocks would be lost. Pure.
 */
public final class ShareTargetPolicy {

  private final ShareSettings settings;

  public ShareTargetPolicy(ShareSettings settings) {
    this.settings = settings;
  }

  /**
   * The target for a worker.
   *
   * @param hashesPerSecond the worker's rate
   * @param workers how many workers there are, this one included
   * @param verificationsPerSecond how many shares the master can verify
   * @param networkTarget the limit; null if there is none
   */
  public Target target(
      double hashesPerSecond,
      int workers,
      double verificationsPerSecond,
      @Nullable Target networkTarget) {
    double interval =
        Math.max(
            settings.interval().toMillis() / 1000.0,
            workers / (verificationsPerSecond * settings.verificationLoad()));
    double wanted = Math.max(1, hashesPerSecond * interval);
    BigInteger difficulty = new BigDecimal(wanted).setScale(0, RoundingMode.HALF_UP).toBigInteger();
    if (networkTarget != null && difficulty.compareTo(networkTarget.difficulty()) >= 0) {
      return networkTarget;
    }
    return Target.forDifficulty(difficulty);
  }
}
