package io.p2pmining.master.trust;

import io.p2pmining.master.trust.SamplingSettings.Mode;
import java.util.function.Supplier;

/**
 * How many of one peer's shares are recomputed. With v right shares since the last wrong one it is
 * the part h / (h + v), but never less than the floor: what a peer can hope to gain by a lie is at
 * most what it has proven before. Guarded by its owner.
 */
final class Confidence {

  private final Supplier<SamplingSettings> settings;
  private long right;

  Confidence(Supplier<SamplingSettings> settings) {
    this.settings = settings;
  }

  /** How many right shares there were since the last wrong one. */
  long right() {
    return right;
  }

  /** Takes up what an earlier process has counted. */
  void restore(long rightShares) {
    right = rightShares;
  }

  /** A share was recomputed and is right. */
  void confirmed() {
    right = Math.min(right + 1, Integer.MAX_VALUE);
  }

  /** Trust is gone: every share is recomputed again. */
  void lost() {
    right = 0;
  }

  /** The part of its shares that is recomputed, from the floor to 1. */
  double sampledPart() {
    SamplingSettings now = settings.get();
    if (now.mode() == Mode.FULL) {
      return 1;
    }
    double halving = now.halving();
    return Math.max(now.floor(), halving / (halving + right));
  }

  /**
   * Whether this share is recomputed.
   *
   * @param chance evenly distributed from 0 to 1, and unknown to the peer
   */
  boolean samples(double chance) {
    return chance < sampledPart();
  }
}
