package io.p2pmining.common.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.common.MutableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogThrottleTest {

  private final MutableClock clock = new MutableClock();
  private final List<Long> lines = new ArrayList<>();
  private final LogThrottle throttle = new LogThrottle(2, Duration.ofSeconds(10), clock);

  @Test
  void letsFewLinesThroughPerWindowAndCountsTheOthers() {
    log(5);
    clock.advance(Duration.ofSeconds(9));
    log(1);
    assertThat(lines).containsExactly(0L, 0L);

    clock.advance(Duration.ofSeconds(1));
    log(3);
    assertThat(lines).containsExactly(0L, 0L, 4L, 0L);
  }

  @Test
  void goesOnWhenTheClockIsSetBack() {
    log(3);
    clock.advance(Duration.ofDays(-1));
    log(1);

    assertThat(lines).containsExactly(0L, 0L, 1L);
  }

  private void log(int times) {
    for (int i = 0; i < times; i++) {
      throttle.log(lines::add);
    }
  }
}
