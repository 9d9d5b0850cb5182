package io.p2pmining.master.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.common.work.NonceRange;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The whole dispatch of work under random trouble, in simulated time. A failure names its seed and
 * tells what had happened before.
 */
class DispatchSimulationTest {

  private static final int WORKERS = 6;
  private static final int SECONDS = 600;
  private static final NonceRange LAST_RANGE = new NonceRange(7, 6000);

  static LongStream seeds() {
    return LongStream.range(0, 100);
  }

  static LongStream fewSeeds() {
    return LongStream.range(0, 10);
  }

  static LongStream manySeeds() {
    return LongStream.range(1000, 5000);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void keepsEveryPromiseWhateverFails(long seed) throws InterruptedException {
    simulate(seed, 1);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("fewSeeds")
  void searchesNoNonceTwiceWhenNothingFails(long seed) throws InterruptedException {
    assertThat(simulate(seed, 0).searchedTwiceCount()).isZero();
  }

  @Tag("full")
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("manySeeds")
  void keepsEveryPromiseForThousandsOfSeeds(long seed) throws InterruptedException {
    simulate(seed, 1);
  }

  @Test
  void reallySearchesAndReallyFails() throws InterruptedException {
    Observer observed = simulate(1, 1);
    assertThat(observed.deliveredShares()).isGreaterThan(100);
    assertThat(observed.deliveredBlocks()).isNotEmpty();
    assertThat(observed.searchedTwiceCount()).isPositive();
    assertThat(observed.leaseCount()).isGreaterThan(50);
  }

  private static Observer simulate(long seed, double faultiness) throws InterruptedException {
    try (Simulation simulation = new Simulation(seed, WORKERS, faultiness)) {
      try {
        simulation.run(SECONDS);
        simulation.calm(150);
        simulation.checkCalm();
        simulation.finish(LAST_RANGE, 300);
        simulation.checkFinished(LAST_RANGE);
        assertThat(simulation.steps()).isGreaterThanOrEqualTo(10_000);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(
            "seed=" + seed + ": " + e.getMessage() + "\n" + simulation.observer().log(), e);
      }
      return simulation.observer();
    }
  }
}
