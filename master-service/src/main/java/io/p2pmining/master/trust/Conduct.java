package io.p2pmining.master.trust;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a peer's honesty. Immutable.
 *
 * @param sampledPart the part of its shares that is recomputed, up to 1
 * @param expectedShares how many shares its completed ranges should hold on average, since the
 *     audit began or the last flag
 * @param foundShares how many it has found in them
 * @param flag the last time it found too few for chance; null if it never did
 * @param omission the last time it missed shares that another peer found; null if it never did
 */
public record Conduct(
    double sampledPart,
    double expectedShares,
    long foundShares,
    @Nullable Flag flag,
    @Nullable Omission omission) {

  /**
   * A peer did not report shares of a range that it said it had searched.
   *
   * @param unitId the unit that was searched twice
   * @param missedShares how many it missed, all of them recomputed
   * @param shares how many the two found together
   */
  public record Omission(Instant at, long unitId, long missedShares, long shares) {

    /** The figures in one sentence. */
    public String sentence() {
      return "%d of %d shares missed in a range of unit %d that another peer searched too"
          .formatted(missedShares, shares, unitId);
    }
  }

  /**
   * A peer found fewer shares than chance allows.
   *
   * @param expectedShares how many its ranges should have held
   * @param foundShares how many it found
   */
  public record Flag(Instant at, double expectedShares, long foundShares) {

    /** The figures in one sentence. */
    public String sentence() {
      return "%d shares found in completed ranges that hold %.0f on average"
          .formatted(foundShares, expectedShares);
    }
  }
}
