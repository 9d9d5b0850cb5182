package io.p2pmining.master.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.master.trust.SamplingSettings.Mode;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.Rejection;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConductBookTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final PeerId ANN = peer(1);
  private static final PeerId BOB = peer(2);

  private final Map<PeerId, KeptConduct> written = new LinkedHashMap<>();
  private final ConductBook book =
      new ConductBook(
          () -> new SamplingSettings(Mode.SAMPLED, 0.1, 1),
          Thresholds.QUARANTINE,
          new AuditSettings(100),
          written::put);

  @Test
  void knowsNothingOfStrangers() {
    assertThat(book.of(ANN)).isEqualTo(new Conduct(1, 0, 0, null, null));
  }

  @Test
  void eachPeerEarnsItsOwnTrust() {
    book.confirmed(ANN, NOW);

    assertThat(book.of(ANN).sampledPart()).isEqualTo(0.5);
    assertThat(book.samples(ANN, 0.6)).isFalse();
    assertThat(book.samples(BOB, 0.6)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Rejection.class)
  void onlyAWrongHashCostsTrust(Rejection kind) {
    book.confirmed(ANN, NOW);
    book.rejected(ANN, kind, NOW);

    assertThat(book.of(ANN).sampledPart()).isEqualTo(kind == Rejection.BAD_HASH ? 1 : 0.5);
  }

  @Test
  void tooManyWrongHashesEarnAQuarantine() {
    assertThat(book.rejected(ANN, Rejection.BAD_HASH, NOW)).isEmpty();
    assertThat(book.rejected(BOB, Rejection.BAD_HASH, NOW)).isEmpty();
    assertThat(book.rejected(ANN, Rejection.BAD_HASH, NOW)).isEmpty();

    assertThat(book.rejected(ANN, Rejection.BAD_HASH, NOW)).isPresent();
  }

  @Test
  void aFlagStaysAndCostsTrust() {
    book.confirmed(ANN, NOW);
    assertThat(book.completed(ANN, 40, 0, Duration.ofSeconds(20), NOW)).isPresent();

    Conduct conduct = book.of(ANN);
    assertThat(conduct.sampledPart()).isEqualTo(1);
    assertThat(conduct.flag()).isEqualTo(new Conduct.Flag(NOW, 40, 0));
    assertThat(book.completed(ANN, 1, 1, Duration.ofSeconds(20), NOW)).isEmpty();
    assertThat(book.of(ANN).flag()).isNotNull();
  }

  @Test
  void aMissedShareCostsTrustAndFourOfThemAQuarantine() {
    book.confirmed(ANN, NOW);
    Conduct.Omission one = new Conduct.Omission(NOW, 7, 1, 9);
    assertThat(book.missed(ANN, one, NOW)).isEmpty();
    assertThat(book.of(ANN).sampledPart()).isEqualTo(1);
    assertThat(book.of(ANN).omission()).isEqualTo(one);
    assertThat(written.get(ANN).omission()).isEqualTo(one);
    assertThat(one.sentence()).startsWith("1 of 9 shares missed in a range of unit 7");

    assertThat(book.missed(BOB, new Conduct.Omission(NOW, 8, 4, 4), NOW)).isPresent();
  }

  @Test
  void forgetsWhoWasNotHeardOfForLongest() {
    book.confirmed(ANN, NOW);
    book.confirmed(BOB, NOW);
    for (int i = 0; i < 9_999; i++) {
      book.confirmed(peer(100 + i), NOW);
    }

    assertThat(book.of(ANN).sampledPart()).isEqualTo(1);
    assertThat(book.of(BOB).sampledPart()).isEqualTo(0.5);
  }

  @Test
  void keepsWhoWasHeardOfAgain() {
    book.confirmed(ANN, NOW);
    book.confirmed(BOB, NOW);
    book.confirmed(ANN, NOW.plusSeconds(60));
    for (int i = 0; i < 9_999; i++) {
      book.confirmed(peer(100 + i), NOW);
    }

    assertThat(book.of(ANN).sampledPart()).isLessThan(1);
    assertThat(book.of(BOB).sampledPart()).isEqualTo(1);
  }

  @Test
  void writesAtOnceWhatSpeaksAgainstAPeer() {
    book.confirmed(ANN, NOW);
    assertThat(written).isEmpty();

    book.rejected(ANN, Rejection.BAD_HASH, NOW);
    assertThat(written.get(ANN).rightShares()).isZero();
    assertThat(written.get(ANN).offences()).containsOnlyKeys(Offence.BAD_HASH);

    book.completed(BOB, 40, 0, Duration.ofSeconds(20), NOW);
    assertThat(written.get(BOB).flag()).isEqualTo(new Conduct.Flag(NOW, 40, 0));
  }

  @Test
  void writesNewTrustLaterAndFewPeersAtATime() {
    for (int i = 0; i < 2 * ConductBook.SAVED_AT_ONCE; i++) {
      book.confirmed(peer(i), NOW);
    }
    book.saveNews(NOW.plus(ConductBook.SAVE_AFTER).minusMillis(1));
    assertThat(written).isEmpty();

    book.saveNews(NOW.plus(ConductBook.SAVE_AFTER));
    assertThat(written).hasSize(ConductBook.SAVED_AT_ONCE);
    book.saveNews(NOW.plus(ConductBook.SAVE_AFTER));
    book.saveNews(NOW.plus(ConductBook.SAVE_AFTER));
    assertThat(written).hasSize(2 * ConductBook.SAVED_AT_ONCE);
    assertThat(written.get(peer(0)).rightShares()).isEqualTo(1);
  }

  @Test
  void givesNobodyAFreshRecordAfterARestart() {
    book.confirmed(BOB, NOW);
    book.saveNews(NOW.plus(ConductBook.SAVE_AFTER));
    book.completed(ANN, 40, 0, Duration.ofSeconds(20), NOW);
    book.claimedBlockFalsely(ANN, NOW);
    for (int i = 0; i < 5; i++) {
      book.rejected(ANN, Rejection.BAD_HASH, NOW);
    }
    ConductBook next =
        new ConductBook(
            () -> new SamplingSettings(Mode.SAMPLED, 0.1, 1),
            Thresholds.QUARANTINE,
            new AuditSettings(100),
            ConductLog.NONE);
    next.restore(written);

    assertThat(next.of(ANN)).isEqualTo(book.of(ANN));
    assertThat(next.of(BOB)).isEqualTo(book.of(BOB));
    assertThat(next.isBelievedAboutBlocks(ANN)).isFalse();
    assertThat(next.isBelievedAboutBlocks(BOB)).isTrue();
    assertThat(next.rejected(ANN, Rejection.BAD_HASH, NOW).map(Sentence::duration))
        .contains(Duration.ofMinutes(20));
  }

  private static PeerId peer(int number) {
    return new PeerId("%032x".formatted(number));
  }
}
