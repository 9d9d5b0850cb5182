package io.p2pmining.master.trust;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that the book has written about one peer, in the form in which it outlives the process.
 * Immutable.
 *
 * @param rightShares recomputed shares that were right, since the last wrong one
 * @param offences what it has done wrong lately
 * @param quarantines how many quarantines it has earned that are not forgiven
 * @param lastQuarantineEnd when the last of them ends; null if there was none
 * @param auditStatistics the statistics of the audit of its ranges
 * @param expectedShares how many shares its ranges should hold, since the audit began anew
 * @param foundShares how many it found in them
 * @param flag the last time it found too few; null if it never did
 * @param omission the last time it missed shares that another peer found; null if it never did
 * @param claimedBlockFalsely whether a block of it was none
 * @param changedAt when any of this changed last
 */
public record KeptConduct(
    long rightShares,
    Map<Offence, Level> offences,
    int quarantines,
    @Nullable Instant lastQuarantineEnd,
    List<Double> auditStatistics,
    double expectedShares,
    long foundShares,
    Conduct.@Nullable Flag flag,
    Conduct.@Nullable Omission omission,
    boolean claimedBlockFalsely,
    Instant changedAt) {

  public KeptConduct {
    offences = Map.copyOf(offences);
    auditStatistics = List.copyOf(auditStatistics);
  }

  /**
   * How much there is of an offence, less what time has forgiven.
   *
   * @param at the moment of which this is true
   */
  public record Level(double amount, Instant at) {}
}
