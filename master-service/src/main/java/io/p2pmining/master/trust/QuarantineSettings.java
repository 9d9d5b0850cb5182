package io.p2pmining.master.trust;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How much may go wrong before a peer gets no work for a while. Each kind of rejected share counts
 * on its own; a threshold of 0 lets it pass.
 *
 * @param badShares shares with a wrong hash
 * @param duplicateShares shares that were credited before
 * @param lowDifficultyShares shares above their target
 * @param malformedShares shares outside of their range, or that make no sense
 * @param staleShares shares of obsolete jobs or unknown leases; off by default, for a slow network
 *     or a restart of the master makes them too
 * @param missedShares shares that another peer found in a range the peer had searched. Few ranges
 *     are searched twice: these count until {@code forgiveAfter} is over
 * @param window in which as many as a threshold are too many
 * @param first how long the first quarantine lasts; each one after it twice as long
 * @param longest the longest quarantine
 * @param forgiveAfter after how long without another the next one is a first one again
 */
@Validated
@ConfigurationProperties("p2pmine.master.quarantine")
public record QuarantineSettings(
    @DefaultValue("3") @Min(0) @Max(1_000_000) int badShares,
    @DefaultValue("20") @Min(0) @Max(1_000_000) int duplicateShares,
    @DefaultValue("20") @Min(0) @Max(1_000_000) int lowDifficultyShares,
    @DefaultValue("20") @Min(0) @Max(1_000_000) int malformedShares,
    @DefaultValue("0") @Min(0) @Max(1_000_000) int staleShares,
    @DefaultValue("3") @Min(0) @Max(1_000_000) int missedShares,
    @DefaultValue("10m") @DurationMin(seconds = 1) @DurationMax(days = 30) Duration window,
    @DefaultValue("10m") @DurationMin(seconds = 1) @DurationMax(days = 30) Duration first,
    @DefaultValue("24h") @DurationMin(seconds = 1) @DurationMax(days = 30) Duration longest,
    @DefaultValue("7d") @DurationMin(seconds = 1) @DurationMax(days = 366) Duration forgiveAfter) {

  public QuarantineSettings {
    if (longest.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "p2pmine.master.quarantine.longest=%ss must not be below p2pmine.master.quarantine.first=%ss"
              .formatted(longest.toSeconds(), first.toSeconds()));
    }
  }

  /** How many of these are too many; 0 for never. */
  int threshold(Offence offence) {
    return switch (offence) {
      case BAD_HASH -> badShares;
      case DUPLICATE -> duplicateShares;
      case LOW_DIFFICULTY -> lowDifficultyShares;
      case MALFORMED -> malformedShares;
      case STALE -> staleShares;
      case MISSED_SHARE -> missedShares;
    };
  }

  /** In which so many are too many. */
  Duration window(Offence offence) {
    return offence == Offence.MISSED_SHARE ? forgiveAfter : window;
  }
}
