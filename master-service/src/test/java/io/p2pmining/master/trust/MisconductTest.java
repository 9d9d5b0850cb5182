package io.p2pmining.master.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MisconductTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private Instant now = START;
  private final Misconduct misconduct = new Misconduct(Thresholds.QUARANTINE);

  @ParameterizedTest
  @CsvSource({
    "BAD_HASH, 3, wrong hash",
    "DUPLICATE, 5, duplicate",
    "LOW_DIFFICULTY, 6, above their target",
    "MALFORMED, 7, malformed",
    "STALE, 8, stale",
    "MISSED_SHARE, 4, missed"
  })
  void eachKindHasItsThreshold(Offence kind, int threshold, String name) {
    for (int i = 1; i < threshold; i++) {
      assertThat(misconduct.committed(kind, now)).isEmpty();
    }

    Sentence sentence = misconduct.committed(kind, now).orElseThrow();
    assertThat(sentence.duration()).isEqualTo(Duration.ofMinutes(10));
    assertThat(sentence.reason()).startsWith(threshold + " ").contains(name);
  }

  @ParameterizedTest
  @EnumSource(Offence.class)
  void aThresholdOfZeroLetsEverythingPass(Offence kind) {
    Misconduct lenient = new Misconduct(Thresholds.NONE);
    for (int i = 0; i < 1000; i++) {
      assertThat(lenient.committed(kind, now)).isEmpty();
    }
  }

  @Test
  void kindsAreCountedOnTheirOwn() {
    for (int i = 0; i < 2; i++) {
      assertThat(misconduct.committed(Offence.BAD_HASH, now)).isEmpty();
      assertThat(misconduct.committed(Offence.DUPLICATE, now)).isEmpty();
      assertThat(misconduct.committed(Offence.LOW_DIFFICULTY, now)).isEmpty();
      assertThat(misconduct.committed(Offence.MALFORMED, now)).isEmpty();
      assertThat(misconduct.committed(Offence.STALE, now)).isEmpty();
    }
  }

  @Test
  void missedSharesAreRememberedUntilAllIsForgiven() {
    for (int i = 0; i < 3; i++) {
      assertThat(misconduct.committed(Offence.MISSED_SHARE, now)).isEmpty();
      now = now.plus(Duration.ofHours(8));
    }
    misconduct.committed(Offence.MISSED_SHARE, now);

    assertThat(misconduct.committed(Offence.MISSED_SHARE, now).map(Sentence::reason))
        .contains("4 shares missed in searched ranges within about 7 d");
  }

  @Test
  void whatIsLongAgoDoesNotCount() {
    for (int i = 0; i < 1000; i++) {
      assertThat(misconduct.committed(Offence.BAD_HASH, now)).isEmpty();
      now = now.plus(Duration.ofMinutes(4));
    }
  }

  @Test
  void quarantinesGrowUpToTheLongest() {
    for (int minutes : new int[] {10, 20, 40, 60, 60, 60}) {
      assertThat(offend()).map(Sentence::duration).contains(Duration.ofMinutes(minutes));
      now = now.plus(Duration.ofMinutes(minutes));
    }
  }

  @Test
  void aLongTimeWithoutQuarantineIsForgiven() {
    offend();
    offend();
    now = now.plus(Duration.ofDays(7)).plus(Duration.ofMinutes(21));

    assertThat(offend()).map(Sentence::duration).contains(Duration.ofMinutes(10));
  }

  @Test
  void nothingIsForgivenTooEarly() {
    offend();
    now = now.plus(Duration.ofDays(6));

    assertThat(offend()).map(Sentence::duration).contains(Duration.ofMinutes(20));
  }

  @Test
  void refusesALongestShorterThanTheFirst() {
    Duration hour = Duration.ofHours(1);
    assertThatThrownBy(
            () -> new QuarantineSettings(3, 3, 3, 3, 3, 3, hour, hour, hour.dividedBy(2), hour))
        .hasMessageContaining("p2pmine.master.quarantine.longest=1800s");
  }

  @Test
  void goesOnWhereAnEarlierProcessEnded() {
    offend();
    misconduct.committed(Offence.BAD_HASH, now);
    misconduct.committed(Offence.BAD_HASH, now);
    Misconduct next = new Misconduct(Thresholds.QUARANTINE);
    next.restore(misconduct.levels(), misconduct.quarantines(), misconduct.lastEnd());

    assertThat(next.committed(Offence.BAD_HASH, now).map(Sentence::duration))
        .contains(Duration.ofMinutes(20));
  }

  private Optional<Sentence> offend() {
    misconduct.committed(Offence.BAD_HASH, now);
    misconduct.committed(Offence.BAD_HASH, now);
    return misconduct.committed(Offence.BAD_HASH, now);
  }
}
