package io.p2pmining.master.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HashRateHistoryTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final HashRateHistory history = new HashRateHistory();

  @Test
  void isZeroBeforeTheFirstSample() {
    assertThat(history.average(MINUTE)).isZero();
  }

  @Test
  void averagesWhatThereIsWhenTheWindowIsLonger() {
    history.sample(100);
    history.sample(300);

    assertThat(history.average(MINUTE)).isEqualTo(200);
  }

  @Test
  void looksBackNoFurtherThanTheWindow() {
    sample(1000, 12);
    sample(10, 12);

    assertThat(history.average(MINUTE)).isEqualTo(10);
    assertThat(history.average(MINUTE.multipliedBy(2))).isEqualTo(505);
  }

  @Test
  void forgetsWhatIsOlderThanItsReach() {
    sample(1_000_000, 100);
    sample(7, 180);

    assertThat(history.average(HashRateHistory.REACH)).isEqualTo(7);
    assertThat(history.average(Duration.ofDays(1))).isEqualTo(7);
  }

  private void sample(double rate, int times) {
    for (int i = 0; i < times; i++) {
      history.sample(rate);
    }
  }
}
