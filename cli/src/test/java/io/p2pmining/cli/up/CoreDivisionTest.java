package io.p2pmining.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CoreDivisionTest {

  @Test
  void givesAllCoresToOneWorker() {
    assertThat(CoreDivision.divide(8, 1)).containsExactly(8);
  }

  @Test
  void givesTheRestToTheFirstWorkers() {
    assertThat(CoreDivision.divide(11, 4)).containsExactly(3, 3, 3, 2);
  }

  @Test
  void givesEachWorkerACoreEvenIfThereAreTooFew() {
    assertThat(CoreDivision.divide(2, 3)).containsExactly(1, 1, 1);
  }
}
