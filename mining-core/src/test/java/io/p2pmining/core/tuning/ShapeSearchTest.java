package io.p2pmining.core.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.p2pmining.core.cpu.MiningPlan;
import io.p2pmining.core.memory.PagePolicy;
import io.p2pmining.core.miner.MiningShape;
import io.p2pmining.core.pow.PrefetchMode;
import io.p2pmining.core.tuning.Trial.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShapeSearchTest {

  private static final MiningPlan PLAN =
      new MiningPlan(
          IntStream.range(0, 8).mapToObj(cpu -> new MiningPlan.Place(cpu, 0)).toList(), 4);

  private static final MiningShape START =
      new MiningShape(4, 2, PrefetchMode.AUTO, PagePolicy.AUTO, List.of(0, 1, 2, 3));

  private static final TuningChoices ALL =
      TuningChoices.of(START, PLAN, 4, 4, false, FixedSettings.NONE);

  private final List<Trial> told = new ArrayList<>();

  private TuningResult search(ScriptedMeter meter, TuningRule rule) throws Exception {
    return new ShapeSearch(meter, rule, ALL, START, told::add).run();
  }

  private static double machine(MiningShape shape, int lanes, int threads) {
    double rate = 1000;
    rate -= 60 * Math.abs(shape.lanes() - lanes);
    rate -= 20 * Math.abs(shape.threads() - threads);
    rate += shape.isBound() ? 0 : 50;
    return rate + (shape.scratchpadPages() == PagePolicy.AUTO ? 0 : 40);
  }

  @Test
  void findsTheBestOfEachAspectFromTheBestOfThoseBefore() throws Exception {
    ScriptedMeter meter = new ScriptedMeter(shape -> machine(shape, 3, 8));
    TuningResult result = search(meter, TuningRule.USUAL);

    assertThat(result.shape())
        .isEqualTo(
            new MiningShape(8, 3, PrefetchMode.AUTO, PagePolicy.TRANSPARENT_HUGE, List.of()));
    assertThat(result.complete()).isTrue();
    assertThat(result.hashesPerSecond()).isEqualTo(1090);
    assertThat(result.trials()).isEqualTo(told);
    assertThat(told)
        .filteredOn(trial -> trial.aspect() == Aspect.LANES)
        .extracting(trial -> trial.shape().lanes(), Trial::verdict)
        .containsExactly(
            tuple(2, Verdict.BEATEN),
            tuple(1, Verdict.NOT_BETTER),
            tuple(3, Verdict.CHOSEN),
            tuple(4, Verdict.NOT_BETTER));
    assertThat(told)
        .filteredOn(trial -> trial.aspect() == Aspect.THREADS)
        .extracting(trial -> trial.shape().lanes())
        .containsOnly(3);
  }

  @Test
  void keepsWhatIsAsGoodAsAnything() throws Exception {
    TuningResult result = search(new ScriptedMeter(shape -> 500), TuningRule.USUAL);
    assertThat(result.shape()).isEqualTo(START);
    assertThat(told).extracting(Trial::verdict).containsOnly(Verdict.KEPT, Verdict.NOT_BETTER);
  }

  @Test
  void asksForTheMargin() throws Exception {
    assertThat(bestLanesAtAGainOf(0.019)).isEqualTo(2);
    assertThat(bestLanesAtAGainOf(0.021)).isEqualTo(3);
  }

  private int bestLanesAtAGainOf(double gain) throws Exception {
    return search(
            new ScriptedMeter(shape -> shape.lanes() == 3 ? 1000 * (1 + gain) : 1000),
            TuningRule.USUAL)
        .shape()
        .lanes();
  }

  @Test
  void asksForNearlyAllRounds() throws Exception {
    assertThat(bestLanesWithWins(4)).isEqualTo(3);
    // The median is better by far with three of five, which noise can do.
    assertThat(bestLanesWithWins(3)).isEqualTo(2);
  }

  private int bestLanesWithWins(int wins) throws Exception {
    int[] round = {0};
    ScriptedMeter meter =
        new ScriptedMeter(
            shape -> {
              if (shape.lanes() != 3) {
                return 1000;
              }
              return round[0]++ % 5 < wins ? 1100 : 990;
            });
    return search(meter, TuningRule.USUAL).shape().lanes();
  }

  @Test
  void isNotFooledByAMachineThatSlowsDown() throws Exception {
    double[] heat = {1};
    ScriptedMeter meter =
        new ScriptedMeter(
            shape -> {
              heat[0] *= 0.99;
              return 1000 * heat[0];
            });
    assertThat(search(meter, TuningRule.USUAL).shape()).isEqualTo(START);
  }

  @Test
  void isSeldomFooledByNoise() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int fooled = 0;
    for (int i = 0; i < 1000; i++) {
      told.clear();
      ScriptedMeter meter = new ScriptedMeter(shape -> 1000 + 10 * random.nextGaussian());
      fooled += search(meter, TuningRule.USUAL).shape().equals(START) ? 0 : 1;
    }
    assertThat(fooled).as("of 1000 machines, seed=%d", seed).isLessThan(100);
  }

  @Test
  void measuresInAlternatingRoundsWithAnotherOneFirst() throws Exception {
    ScriptedMeter meter = new ScriptedMeter(shape -> 1000);
    search(meter, TuningRule.USUAL);
    assertThat(meter.measured.subList(0, 12))
        .extracting(MiningShape::lanes)
        .containsExactly(2, 1, 3, 4, 1, 3, 4, 2, 3, 4, 2, 1);
  }

  @Test
  void givesUpEarlyWhatIsHopeless() throws Exception {
    ScriptedMeter meter = new ScriptedMeter(shape -> shape.lanes() == 4 ? 800 : 1000);
    search(meter, TuningRule.USUAL);
    assertThat(meter.measured.stream().filter(shape -> shape.lanes() == 4)).hasSize(2);
    assertThat(told)
        .filteredOn(trial -> trial.shape().lanes() == 4)
        .extracting(Trial::verdict)
        .containsExactly(Verdict.TOO_SLOW);
  }

  @Test
  void measuresAgainWhatWasDisturbedAndWaitsInTheBestShape() throws Exception {
    ScriptedMeter meter = new ScriptedMeter(shape -> machine(shape, 3, 4));
    meter.disturbed.addAll(List.of(1, 2, 7));
    TuningResult result = search(meter, TuningRule.USUAL);
    assertThat(meter.measured.subList(0, 6))
        .extracting(MiningShape::lanes)
        .containsExactly(2, 1, 1, 1, 3, 4);
    assertThat(meter.calmed).containsExactly(START, START, START);
    assertThat(result.shape().lanes()).isEqualTo(3);
    assertThat(told).extracting(Trial::rounds).containsOnly(5);
  }

  @Test
  void passesOverWhatTheMachineRefuses() throws Exception {
    ScriptedMeter meter = new ScriptedMeter(shape -> machine(shape, 3, 4));
    meter.refused.add(START.withLanes(3));
    TuningResult result = search(meter, TuningRule.USUAL);
    assertThat(result.shape().lanes()).isEqualTo(2);
    assertThat(told)
        .filteredOn(trial -> trial.verdict() == Verdict.REFUSED)
        .singleElement()
        .satisfies(trial -> assertThat(trial.hashesPerSecond()).isZero());
    assertThat(meter.measured.stream().filter(START.withLanes(3)::equals)).hasSize(1);
  }

  @Test
  void keepsWithinItsBudgetHoweverOftenItIsDisturbed() throws Exception {
    ScriptedMeter meter = new ScriptedMeter(shape -> machine(shape, 3, 4));
    IntStream.range(3, 100_000).forEach(meter.disturbed::add);
    TuningResult result = search(meter, TuningRule.within(Duration.ofSeconds(10)));
    assertThat(result.complete()).isFalse();
    assertThat(result.shape()).isEqualTo(START);
    assertThat(result.took())
        .isBetween(Duration.ofSeconds(10), Duration.ofSeconds(10).plus(meter.lastWindow));
    assertThat(told).extracting(Trial::verdict).contains(Verdict.UNFINISHED);
    assertThat(told).extracting(Trial::rounds).as("no round was whole").containsOnly(0);
  }

  @Test
  void takesTwoMinutesAtMostForEverything() throws Exception {
    ScriptedMeter meter = new ScriptedMeter(shape -> 1000);
    assertThat(search(meter, TuningRule.USUAL).took())
        .isBetween(Duration.ofSeconds(40), TuningRule.MOST_TIME);
    assertThat(meter.measured).hasSize(ALL.measured(START) * 5);
  }

  @Test
  void doesNotTellFromTooFewHashes() throws Exception {
    assertThat(bestLanesByReadingsOf(49)).isEqualTo(2);
    assertThat(bestLanesByReadingsOf(50)).isEqualTo(3);
  }

  private int bestLanesByReadingsOf(long hashes) throws Exception {
    ScriptedMeter meter = new ScriptedMeter(shape -> machine(shape, 3, 4));
    meter.hashesPerReading = hashes;
    return search(meter, TuningRule.USUAL).shape().lanes();
  }

  @Test
  void measuresNothingWhereNothingIsOpen() throws Exception {
    TuningChoices none =
        new TuningChoices(
            PLAN,
            List.of(PrefetchMode.AUTO),
            List.of(2),
            List.of(4),
            List.of(true),
            List.of(PagePolicy.AUTO));
    ScriptedMeter meter = new ScriptedMeter(shape -> 1000);
    TuningResult result = new ShapeSearch(meter, TuningRule.USUAL, none, START, told::add).run();
    assertThat(result).isEqualTo(new TuningResult(START, 0, List.of(), true, Duration.ZERO));
    assertThat(meter.measured).isEmpty();
  }
}
