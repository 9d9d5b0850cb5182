package io.p2pmining.benchmarks.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MedianIntervalTest {

  @Test
  void coversByTheOrderStatisticsOfTheSignTest() {
    assertThat(ofFirst(7)).isEqualTo(new MedianInterval(1, 7, 1 - 2.0 / 128));
    assertThat(ofFirst(9)).isEqualTo(new MedianInterval(2, 8, 1 - 2 * 10.0 / 512));
    MedianInterval ofThirty = ofFirst(30);
    assertThat(ofThirty.low()).isEqualTo(10);
    assertThat(ofThirty.high()).isEqualTo(21);
    assertThat(ofThirty.coverage()).isCloseTo(0.9572, within(0.0001));
  }

  @Test
  void saysWhenThereAreTooFewToBeSure() {
    assertThat(ofFirst(5)).isEqualTo(new MedianInterval(1, 5, 1 - 2.0 / 32));
    assertThat(ofFirst(2)).isEqualTo(new MedianInterval(1, 2, 0.5));
    assertThat(ofFirst(1)).isEqualTo(new MedianInterval(1, 1, 0));
  }

  @Test
  void narrowsWhenLessIsAskedFor() {
    List<Double> samples = List.of(5.0, 1.0, 4.0, 2.0, 3.0);
    assertThat(MedianInterval.of(samples, 0.5)).isEqualTo(new MedianInterval(2, 4, 1 - 12.0 / 32));
  }

  @Test
  void holdsTheMedianOfSkewedSamplesAsOftenAsItSays() {
    SplittableRandom random = new SplittableRandom(20);
    double median = Math.log(2);
    int rounds = 20_000;
    int held = 0;
    for (int round = 0; round < rounds; round++) {
      List<Double> samples =
          IntStream.range(0, 9).mapToObj(i -> -Math.log(1 - random.nextDouble())).toList();
      MedianInterval interval = MedianInterval.of(samples);
      if (interval.low() <= median && median <= interval.high()) {
        held++;
      }
    }
    assertThat((double) held / rounds).as("seed 20").isCloseTo(0.961, within(0.005));
  }

  @Test
  void refusesNothingSampled() {
    assertThatIllegalArgumentException().isThrownBy(() -> MedianInterval.of(List.of()));
  }

  private static MedianInterval ofFirst(int count) {
    return MedianInterval.of(IntStream.rangeClosed(1, count).mapToObj(i -> (double) i).toList());
  }
}
