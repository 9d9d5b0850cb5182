package io.p2pmining.master.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.master.work.WorkSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class UnitSizerTest {

  private static final double RATE = 1000;
  private static final double TOGETHER = 100_000;

  private final UnitSizer sizer =
      new UnitSizer(
          () ->
              new WorkSettings(
                  Duration.ofSeconds(20),
                  8,
                  Duration.ofSeconds(1),
                  Duration.ofSeconds(30),
                  3,
                  5,
                  Duration.ofSeconds(10),
                  Duration.ofSeconds(10),
                  10,
                  100,
                  20));

  @Test
  void unitsOfAFiniteJobTakeTheUsualTimeAtFirst() {
    assertThat(tail(1, true, 1 << 30)).isEqualTo(20_000);
  }

  @Test
  void unitsShrinkWithWhatIsLeft() {
    assertThat(tail(1, true, 2_000_000)).isEqualTo(10_000);
    assertThat(tail(1, true, 200_000)).isEqualTo(1000);
  }

  @Test
  void unitsShrinkNoFurtherThanARoundTripIsWorth() {
    assertThat(tail(1, true, 10_000)).isEqualTo(500);
    assertThat(tail(1, true, 300)).isEqualTo(300);
  }

  @Test
  void everyThreadGetsANonce() {
    assertThat(sizer.tailNonces(0.1, 8, true, 1000, TOGETHER)).isEqualTo(8);
    assertThat(sizer.tailNonces(0.1, 8, true, 3, TOGETHER)).isEqualTo(3);
  }

  @Test
  void aGuessedRateGetsLittleAtFirst() {
    assertThat(tail(1, false, 1 << 30)).isEqualTo(5000);
  }

  @Test
  void aWorkerAloneIsNotGivenEverythingAtOnce() {
    assertThat(sizer.tailNonces(RATE, 1, true, 20_000, 0)).isEqualTo(10_000);
  }

  @Test
  void aSecondSearchTakesNoLongerThanAUnit() {
    assertThat(sizer.redoNonces(RATE, 1, 1 << 30)).isEqualTo(20_000);
    assertThat(sizer.redoNonces(RATE, 1, 100)).isEqualTo(100);
    assertThat(sizer.redoNonces(0.1, 8, 1000)).isEqualTo(8);
  }

  private long tail(int threads, boolean measured, long left) {
    return sizer.tailNonces(RATE, threads, measured, left, TOGETHER);
  }
}
