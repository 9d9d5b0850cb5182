package io.p2pmining.master.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.master.trust.SamplingSettings.Mode;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.Rejection;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConductBookTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final PeerId ANN = peer(1);
  private static final PeerId BOB = peer(2);

  private final ConductBook book =
      new ConductBook(
          new SamplingSettings(Mode.SAMPLED, 0.1, 1),
          Thresholds.QUARANTINE,
          new AuditSettings(100));

  @Test
  void knowsNothingOfStrangers() {
    assertThat(book.of(ANN)).isEqualTo(new Conduct(1, 0, 0, null));
  }

  @Test
  void eachPeerEarnsItsOwnTrust() {
    book.confirmed(ANN);

    assertThat(book.of(ANN).sampledPart()).isEqualTo(0.5);
    assertThat(book.samples(ANN, 0.6)).isFalse();
    assertThat(book.samples(BOB, 0.6)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Rejection.class)
  void onlyAWrongHashCostsTrust(Rejection kind) {
    book.confirmed(ANN);
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
    book.confirmed(ANN);
    assertThat(book.completed(ANN, 40, 0, Duration.ofSeconds(20), NOW)).isPresent();

    Conduct conduct = book.of(ANN);
    assertThat(conduct.sampledPart()).isEqualTo(1);
    assertThat(conduct.flag()).isEqualTo(new Conduct.Flag(NOW, 40, 0));
    assertThat(book.completed(ANN, 1, 1, Duration.ofSeconds(20), NOW)).isEmpty();
    assertThat(book.of(ANN).flag()).isNotNull();
  }

  @Test
  void forgetsWhoWasNotHeardOfForLongest() {
    book.confirmed(ANN);
    book.confirmed(BOB);
    for (int i = 0; i < 9_999; i++) {
      book.confirmed(peer(100 + i));
    }

    assertThat(book.of(ANN).sampledPart()).isEqualTo(1);
    assertThat(book.of(BOB).sampledPart()).isEqualTo(0.5);
  }

  private static PeerId peer(int number) {
    return new PeerId("%032x".formatted(number));
  }
}
