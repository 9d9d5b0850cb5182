package io.p2pmining.core.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.core.cpu.Affinity;
import io.p2pmining.core.cpu.MiningPlan;
import io.p2pmining.core.memory.PagePolicy;
import io.p2pmining.core.miner.MiningShape;
import io.p2pmining.core.pow.PrefetchMode;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TuningChoicesTest {

  /** Eight hardware threads of four cores, of which six fit the caches. */
  private static final MiningPlan PLAN =
      new MiningPlan(
          IntStream.of(0, 2, 4, 6, 1, 3, 5, 7).mapToObj(c -> new MiningPlan.Place(c, 0)).toList(),
          6);

  private static final MiningShape BOUND =
      new MiningShape(6, 2, PrefetchMode.AT_ONCE, PagePolicy.AUTO, PLAN.cpus(6));
  private static final MiningShape FREE = BOUND.withThreads(6, List.of());

  private static TuningChoices choices(MiningShape usual, FixedSettings fixed) {
    return TuningChoices.of(usual, PLAN, 4, 4, false, fixed);
  }

  @Test
  void triesEverythingThatIsOpen() {
    TuningChoices choices = choices(BOUND, FixedSettings.NONE);
    assertThat(choices.prefetches()).containsExactly(PrefetchMode.AT_ONCE, PrefetchMode.WALK_FIRST);
    assertThat(choices.lanes()).containsExactly(1, 2, 3, 4);
    assertThat(choices.threads()).containsExactly(4, 6, 8);
    assertThat(choices.mostThreads()).isEqualTo(8);
    assertThat(choices.bound()).containsExactly(true, false);
    assertThat(choices.scratchpads()).containsExactly(PagePolicy.AUTO, PagePolicy.TRANSPARENT_HUGE);
  }

  @Test
  void bindsThreadsToTheBestProcessorsForAsMany() {
    assertThat(choices(BOUND, FixedSettings.NONE).alternatives(Aspect.THREADS, BOUND))
        .extracting(MiningShape::cpus)
        .containsExactly(List.of(0, 2, 4, 6), List.of(0, 2, 4, 6, 1, 3, 5, 7));
    assertThat(choices(FREE, FixedSettings.NONE).alternatives(Aspect.THREADS, FREE))
        .allSatisfy(shape -> assertThat(shape.cpus()).isEmpty());
    assertThat(choices(BOUND, FixedSettings.NONE).alternatives(Aspect.AFFINITY, BOUND))
        .containsExactly(FREE);
    assertThat(choices(BOUND, FixedSettings.NONE).alternatives(Aspect.AFFINITY, FREE))
        .containsExactly(BOUND);
  }

  @Test
  void leavesAloneWhatTheOwnerHasDecided() {
    FixedSettings all =
        new FixedSettings(2, PrefetchMode.AT_ONCE, 6, Affinity.OFF, PagePolicy.HUGE);
    TuningChoices choices = choices(FREE, all);
    for (Aspect aspect : Aspect.values()) {
      assertThat(choices.alternatives(aspect, FREE)).as("%s", aspect).isEmpty();
    }
    assertThat(choices.measured(FREE)).isZero();
    assertThat(all.label()).isEqualTo("lanes=2 prefetch=at-once threads=6 affinity=off pages=2m");
    assertThat(FixedSettings.NONE.label()).isEmpty();
  }

  @Test
  void takesAListOfProcessorsAsTheNumberOfThreadsToo() {
    FixedSettings fixed =
        new FixedSettings(0, PrefetchMode.AUTO, null, Affinity.parse("1,3"), PagePolicy.AUTO);
    MiningShape usual = new MiningShape(2, 0, PrefetchMode.AUTO, PagePolicy.AUTO, List.of(1, 3));
    TuningChoices choices = choices(usual, fixed);
    assertThat(choices.threads()).containsExactly(2);
    assertThat(choices.bound()).containsExactly(true);
    assertThat(fixed.label()).isEqualTo("affinity=1,3");
  }

  @Test
  void keepsThreadsOnTheNodesThatHaveMemoryForThem() {
    TuningChoices choices = TuningChoices.of(BOUND, PLAN, 4, 4, true, FixedSettings.NONE);
    assertThat(choices.alternatives(Aspect.AFFINITY, BOUND)).isEmpty();
    assertThat(choices.alternatives(Aspect.THREADS, BOUND))
        .isNotEmpty()
        .allSatisfy(shape -> assertThat(shape.isBound()).isTrue());
  }

  @Test
  void doesNotBindThreadsThatAreNot() {
    assertThat(choices(FREE, FixedSettings.NONE).alternatives(Aspect.AFFINITY, FREE)).isEmpty();
  }

  @Test
  void triesOneLaneOnlyWhereThereIsNoOther() {
    MiningShape usual = BOUND.withPrefetch(PrefetchMode.AUTO);
    TuningChoices choices = TuningChoices.of(usual, PLAN, 4, 1, false, FixedSettings.NONE);
    assertThat(choices.alternatives(Aspect.LANES, BOUND)).isEmpty();
    assertThat(choices.alternatives(Aspect.SCRATCHPADS, BOUND)).isEmpty();
    assertThat(choices.measured(BOUND.withPrefetch(PrefetchMode.AUTO)))
        .as("three numbers of threads, two bindings")
        .isEqualTo(5);
  }

  @Test
  void triesNoWaysToFetchAheadWhereNothingIsFetched() {
    MiningShape light = BOUND.withPrefetch(PrefetchMode.AUTO);
    assertThat(choices(light, FixedSettings.NONE).alternatives(Aspect.PREFETCH, light)).isEmpty();
    assertThat(choices(BOUND, FixedSettings.NONE).alternatives(Aspect.PREFETCH, BOUND))
        .containsExactly(BOUND.withPrefetch(PrefetchMode.WALK_FIRST));
  }

  @Test
  void keepsToWhatTheProcessMayUse() {
    MiningPlan rationed = new MiningPlan(PLAN.places().subList(0, 2), 2);
    MiningShape usual = new MiningShape(3, 2, PrefetchMode.AUTO, PagePolicy.AUTO, List.of());
    assertThat(TuningChoices.of(usual, rationed, 64, 4, false, FixedSettings.NONE).threads())
        .containsExactly(2, 3);
  }
}
