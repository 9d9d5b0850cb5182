package io.p2pmining.benchmarks.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class PairedMeasurementsTest {

  @Test
  void findsTheRatioWithinPairsThroughTheMachinesMoods() {
    PairedMeasurements measured =
        PairedMeasurements.of(
            List.of(
                new Pair<>(120.0, 100.0),
                new Pair<>(60.0, 50.0),
                new Pair<>(24.0, 20.0),
                new Pair<>(10.0, 11.0)));
    assertThat(measured.ratio().median()).isCloseTo(1.2, within(1e-9));
    assertThat(measured.ratioOfMedians()).isCloseTo(42.0 / 35, within(1e-9));
    assertThat(measured.ours()).isEqualTo(new Spread(42, 10, 120));
    assertThat(measured.theirs()).isEqualTo(new Spread(35, 11, 100));
    assertThat(measured.above()).isEqualTo(3);
    assertThat(measured.interval().coverage()).isEqualTo(1 - 2.0 / 16);
    assertThat(measured.interval().low()).isCloseTo(10.0 / 11, within(1e-9));
  }

  @Test
  void refusesWhatNoRatioCanBeMadeOf() {
    assertThatIllegalArgumentException().isThrownBy(() -> PairedMeasurements.of(List.of()));
    for (double bad : new double[] {0, -1, Double.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> PairedMeasurements.of(List.of(new Pair<>(1.0, bad))))
          .withMessageContaining(Double.toString(bad));
    }
  }
}
