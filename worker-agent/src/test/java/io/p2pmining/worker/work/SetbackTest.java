package io.p2pmining.worker.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SetbackTest {

  private final Setback setback = new Setback();
  private Instant now = Instant.EPOCH;

  @Test
  void waitsTwiceAsLongEachTimeUpToALimit() {
    for (int expected : new int[] {5, 10, 20, 40, 60, 60}) {
      assertThat(setback.happened("trouble", now)).isEqualTo(Duration.ofSeconds(expected));
      now = now.plusSeconds(expected);
      assertThat(setback.isRetryDue(now)).isTrue();
      assertThat(setback.isRetryDue(now)).isFalse();
    }
  }

  @Test
  void doesNotAddUpWhatHappensDuringOneWait() {
    setback.happened("trouble", now);
    now = now.plusSeconds(2);
    assertThat(setback.happened("again", now)).isEqualTo(Duration.ofSeconds(3));
    assertThat(setback.reason()).isEqualTo("again");
  }

  @Test
  void startsAnewAfterSuccess() {
    setback.happened("trouble", now);
    assertThat(setback.isRetryDue(now.plusSeconds(5))).isTrue();
    assertThat(setback.overcome()).isTrue();
    assertThat(setback.overcome()).isFalse();
    assertThat(setback.happened("later", now)).isEqualTo(Setback.FIRST_WAIT);
  }
}
