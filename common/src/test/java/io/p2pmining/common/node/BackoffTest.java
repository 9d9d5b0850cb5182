package io.p2pmining.common.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.common.MutableClock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackoffTest {

  private final MutableClock clock = new MutableClock();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void waitsThreeSecondsAtMostInTheFirstMinuteThenUpToThirty(long seed) {
    Backoff backoff = new Backoff(new Random(seed), clock);
    Duration elapsed = Duration.ZERO;
    Duration longest = Duration.ZERO;
    for (int attempt = 0; attempt < 60; attempt++) {
      Duration wait = backoff.next();
      assertThat(wait)
          .as("seed=%d, attempt=%d, elapsed=%s", seed, attempt, elapsed)
          .isPositive()
          .isLessThanOrEqualTo(Duration.ofSeconds(elapsed.toSeconds() < 60 ? 3 : 30));
      longest = longest.compareTo(wait) > 0 ? longest : wait;
      elapsed = elapsed.plus(wait);
      clock.advance(wait);
    }
    assertThat(longest).as("seed=%d", seed).isGreaterThan(Duration.ofSeconds(15));
  }

  @Test
  void triesAgainWithinQuarterOfSecondAfterReset() {
    Backoff backoff = new Backoff(new Random(1), clock);
    for (int attempt = 0; attempt < 30; attempt++) {
      clock.advance(backoff.next());
    }
    backoff.reset();

    assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofMillis(250));
  }

  @Test
  void spreadsNodesThatLoseTheirMasterTogether() {
    Set<Duration> waits = new HashSet<>();
    for (int node = 0; node < 50; node++) {
      Backoff backoff = new Backoff(new Random(node), clock);
      backoff.next();
      backoff.next();
      waits.add(backoff.next());
    }

    assertThat(waits).hasSizeGreaterThan(45);
  }
}
