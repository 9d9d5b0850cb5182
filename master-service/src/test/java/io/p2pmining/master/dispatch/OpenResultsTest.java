package io.p2pmining.master.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OpenResultsTest {

  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00.123456Z");

  private final OpenResults results = new OpenResults();

  @Test
  void keepsTheFirstArrivalUntilTheAnswer() {
    results.received(7, FIRST);
    results.received(7, FIRST.plusSeconds(5));

    assertThat(results.answered(7)).isEqualTo(FIRST);
    assertThat(results.answered(7)).isNull();
  }

  @Test
  void doesNotVerifyAResultTwiceAtOnce() {
    results.received(7, FIRST);

    assertThat(results.beginVerification(7)).isTrue();
    assertThat(results.beginVerification(7)).isFalse();

    results.endVerification(7);
    assertThat(results.beginVerification(7)).isTrue();
    assertThat(results.answered(7)).isEqualTo(FIRST);
  }

  @Test
  void forgetsTheOldestArrivalsAndNoVerification() {
    for (long id = 0; id <= OpenResults.MAX_TIMED; id++) {
      results.beginVerification(id);
      results.received(id, FIRST.plusMillis(id));
    }

    assertThat(results.answered(0)).isNull();
    assertThat(results.answered(1)).isEqualTo(FIRST.plusMillis(1));
    assertThat(results.beginVerification(0)).isFalse();
  }

  @Test
  void forgetsArrivalsOfALostConnection() {
    results.received(1, FIRST);
    results.beginVerification(2);
    results.received(2, FIRST);

    results.forgetTimes();

    assertThat(results.answered(1)).isNull();
    assertThat(results.answered(2)).isNull();
    assertThat(results.beginVerification(2)).isFalse();
  }

  /** Against a map and a set, in an order that chance decides. */
  @Test
  void remembersWhatAMapWould() {
    Random random = new Random(1);
    Map<Long, Instant> came = new HashMap<>();
    Set<Long> verified = new HashSet<>();
    for (int i = 0; i < 100_000; i++) {
      long id = random.nextInt(OpenResults.MAX_TIMED);
      switch (random.nextInt(4)) {
        case 0 -> {
          Instant at = FIRST.plusMillis(i);
          came.putIfAbsent(id, at);
          results.received(id, at);
        }
        case 1 -> assertThat(results.answered(id)).isEqualTo(came.remove(id));
        case 2 -> assertThat(results.beginVerification(id)).isEqualTo(verified.add(id));
        default -> {
          verified.remove(id);
          results.endVerification(id);
        }
      }
    }
  }
}
