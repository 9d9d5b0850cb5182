package io.p2pmining.master.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LagTest {

  private static final long LATE = 20_000_001;

  private long now;
  private final Lag lag = new Lag(() -> now);

  @Test
  void isLateWhenTheOldestGroupIs() {
    lag.begun();
    now += LATE / 2;
    lag.begun();
    assertThat(lag.isLate()).isFalse();

    now += LATE / 2 + 1;
    assertThat(lag.isLate()).isTrue();

    lag.happened();
    assertThat(lag.isLate()).isFalse();
  }

  @Test
  void isNotLateWhenNothingWaits() {
    lag.begun();
    lag.happened();
    now += LATE;

    assertThat(lag.isLate()).isFalse();
  }

  @Test
  void isLateWhileManyWaitButNotForEver() {
    lag.rush(Duration.ofNanos(100));
    assertThat(lag.isLate()).isTrue();

    lag.rushIsOver();
    assertThat(lag.isLate()).isFalse();

    lag.rush(Duration.ofNanos(100));
    now += 100;
    assertThat(lag.isLate()).isFalse();
  }
}
