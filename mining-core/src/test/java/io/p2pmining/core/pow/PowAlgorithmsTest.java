package io.p2pmining.core.pow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class PowAlgorithmsTest {

  @Test
  void findsTheAlgorithmsOfAllFamilies() {
    assertThat(PowAlgorithms.load().names())
        .containsExactly(
            "rx/0", "rx/2", "rx/wow", "rx/arq", "rx/graft", "rx/sfx", "rx/yada", "sha256d");
  }

  @Test
  void findsEachByItsName() {
    PowAlgorithms algorithms = PowAlgorithms.load();
    for (PowAlgorithm algorithm : algorithms.all()) {
      assertThat(algorithms.find(algorithm.name())).containsSame(algorithm);
    }
    assertThat(algorithms.find("rx/1")).isEmpty();
    assertThat(algorithms.find("RX/0")).isEmpty();
  }

  @Test
  void preparationNeedsAThread() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Preparation.onThreads(0))
        .withMessageContaining("threads=0");
  }
}
