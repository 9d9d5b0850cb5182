package io.p2pmining.master.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.p2pmining.core.pow.Target;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RangeAuditTest {

  private static final Duration UNIT = Duration.ofSeconds(20);
  private static final double UNITS_PER_YEAR = 365.0 * 86_400 / 20;

  /** Twenty seconds of a worker that is to find a share every thirty. */
  private static final double MEAN = 20.0 / 30;

  /** The bound of the class comment: for an honest peer the likelihood ratio is 1 at most. */
  @ParameterizedTest
  @CsvSource({"1, 0.9", "2, 0.5", "10, 0.3", "50, 0.02", "1000, 0.001", "3, 1.0"})
  void theLikelihoodRatioOfAnHonestPeerIsOneAtMost(int nonces, double odds) {
    for (double part : new double[] {0.9, 0.5, 0.05}) {
      double mean = 0;
      double probability = Math.pow(1 - odds, nonces);
      for (int count = 0; count <= nonces; count++) {
        if (odds == 1) {
          probability = count == nonces ? 1 : 0;
        }
        mean += probability * Math.exp(nonces * odds * (1 - part) + count * Math.log(part));
        probability *= (nonces - count) / (count + 1.0) * odds / (1 - odds);
      }
      assertThat(mean).as("part=" + part).isBetween(0.0, 1 + 1e-9);
    }
  }

  /** With a threshold of a hundredth of a year, so that there is something to count. */
  @ParameterizedTest
  @CsvSource({"0.05", "0.6666", "4.0", "100.0"})
  void flagsHonestPeersNoMoreOftenThanItSays(double mean) {
    long seed = Double.doubleToLongBits(mean);
    Random random = new Random(seed);
    double threshold = 0.01;
    RangeAudit audit = new RangeAudit(threshold);
    double years = 2;
    int flags = 0;
    for (long unit = 0; unit < years * UNITS_PER_YEAR; unit++) {
      flags += audit.completed(mean, poisson(random, mean), UNIT).isPresent() ? 1 : 0;
    }

    // At most 200 are to be expected; 3 standard deviations more are chance.
    double most = years / threshold;
    assertThat((double) flags).as("seed=" + seed).isLessThan(most + 3 * Math.sqrt(most));
  }

  @Test
  void flagsNoHonestPeerInYears() {
    long seed = 7;
    Random random = new Random(seed);
    RangeAudit audit = new RangeAudit(new AuditSettings(100));
    for (long unit = 0; unit < 3 * UNITS_PER_YEAR; unit++) {
      assertThat(audit.completed(MEAN, poisson(random, MEAN), UNIT)).as("seed=" + seed).isEmpty();
    }
  }

  /** Hours as in docs/decisions/0004-range-audit.md. */
  @ParameterizedTest
  @CsvSource({"0.0, 0.3", "0.25, 0.8", "0.5, 2", "0.75, 11", "0.9, 72"})
  void flagsWhoSearchesLessThanItSays(double part, double hours) {
    int peers = 100;
    int flagged = 0;
    Random random = new Random(11);
    for (int peer = 0; peer < peers; peer++) {
      RangeAudit audit = new RangeAudit(new AuditSettings(100));
      long units = Math.round(hours * 3600 / UNIT.toSeconds());
      boolean found = false;
      for (long unit = 0; unit < units && !found; unit++) {
        found = audit.completed(MEAN, poisson(random, part * MEAN), UNIT).isPresent();
      }
      flagged += found ? 1 : 0;
    }

    assertThat(flagged).isGreaterThanOrEqualTo(90);
  }

  @Test
  void anHonestPastDoesNotCoverALaterLie() {
    Random random = new Random(5);
    RangeAudit audit = new RangeAudit(new AuditSettings(100));
    for (int unit = 0; unit < 200_000; unit++) {
      assertThat(audit.completed(MEAN, poisson(random, MEAN), UNIT)).isEmpty();
    }
    int units = 0;
    while (audit.completed(MEAN, 0, UNIT).isEmpty()) {
      units++;
    }

    assertThat(units).isLessThan(60);
  }

  @Test
  void tellsTheFiguresAndBeginsAnew() {
    RangeAudit audit = new RangeAudit(new AuditSettings(100));
    audit.completed(5, 4, UNIT);
    assertThat(audit.expected()).isEqualTo(5);
    assertThat(audit.found()).isEqualTo(4);

    Optional<RangeAudit.Deficit> deficit = audit.completed(100, 1, UNIT);

    assertThat(deficit).contains(new RangeAudit.Deficit(105, 5));
    assertThat(audit.expected()).isZero();
    assertThat(audit.found()).isZero();
    assertThat(audit.completed(1, 1, UNIT)).isEmpty();
  }

  @Test
  void staysFiniteWhateverComes() {
    RangeAudit audit = new RangeAudit(new AuditSettings(100));

    assertThat(audit.completed(1e9, 0, UNIT)).isPresent();
    assertThat(audit.completed(1e9, 1_000_000_000L, UNIT)).isEmpty();
    assertThat(audit.completed(0, 0, Duration.ofDays(-1))).isEmpty();
    assertThat(audit.completed(1e9, 0, UNIT)).isPresent();
  }

  @Test
  void oddsAreTheTargetsPartOfAllHashes() {
    assertThat(ShareOdds.of(Target.EASIEST)).isEqualTo(Math.nextDown(1.0));
    for (long difficulty : new long[] {2, 3, 1000, 1L << 50}) {
      assertThat(ShareOdds.of(Target.forDifficulty(difficulty)))
          .isCloseTo(1.0 / difficulty, within(1e-15 / difficulty));
    }
    byte[] smallest = BigInteger.ONE.toByteArray();
    byte[] target = new byte[Target.LENGTH];
    target[0] = smallest[0];
    assertThat(ShareOdds.of(Target.ofLittleEndian(target))).isPositive().isLessThan(1e-76);
  }

  /** Knuth's method in pieces that do not underflow. */
  private static long poisson(Random random, double mean) {
    long count = 0;
    double left = mean;
    while (left > 0) {
      double piece = Math.min(left, 10);
      left -= piece;
      double limit = Math.exp(-piece);
      for (double product = random.nextDouble(); product > limit; product *= random.nextDouble()) {
        count++;
      }
    }
    return count;
  }
}
