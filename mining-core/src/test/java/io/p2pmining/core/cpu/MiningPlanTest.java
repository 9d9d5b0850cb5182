package io.p2pmining.core.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class MiningPlanTest {

  private static final long SCRATCHPAD = 2 << 20;

  @TempDir Path root;

  private static MiningPlan plan(MadeUpMachine machine, String allowed, long bytesPerThread) {
    return MiningPlan.of(
        new CpuDirectory(machine.processors()).read(),
        NumaNodes.read(machine.nodes()),
        CpuSet.parse(allowed),
        bytesPerThread);
  }

  @Test
  void fillsDiesInTurnAndCoresBeforeSiblings() {
    MiningPlan plan = plan(MadeUpMachine.twoSockets(root), "0-31", SCRATCHPAD);
    assertThat(plan.recommended()).isEqualTo(32);
    assertThat(plan.cpus(8)).containsExactly(0, 4, 8, 12, 1, 5, 9, 13);
    assertThat(plan.cpus(18).subList(16, 18)).containsExactly(16, 20);
    assertThat(plan.cpusByNode(6)).isEqualTo(Map.of(0, List.of(0, 4, 1, 5), 1, List.of(8, 12)));
  }

  @Test
  void givesEachDieAsManyThreadsAsItHoldsScratchpads() {
    MiningPlan plan = plan(MadeUpMachine.twoSockets(root), "0-31", 3 * SCRATCHPAD);
    assertThat(plan.recommended()).isEqualTo(8);
    assertThat(plan.cpus(8)).containsExactly(0, 4, 8, 12, 1, 5, 9, 13);
    assertThat(plan.cpus(100)).hasSize(32).doesNotHaveDuplicates();
    assertThat(plan.cpus(10).subList(8, 10)).containsExactly(2, 6);
  }

  @Test
  void prefersFastCoresThenSlowOnesThenSiblings() {
    MiningPlan plan = plan(MadeUpMachine.hybrid(root), "0-7", SCRATCHPAD);
    assertThat(plan.recommended()).isEqualTo(6);
    assertThat(plan.cpus(8)).containsExactly(0, 2, 4, 5, 6, 7, 1, 3);
  }

  @Test
  void staysWithinWhatTheContainerAllows() {
    MiningPlan plan = plan(MadeUpMachine.twoSockets(root), "17-18,24,40", SCRATCHPAD);
    assertThat(plan.recommended()).isEqualTo(3);
    // Each is the first usable thread of its core.
    assertThat(plan.cpus(3)).containsExactly(17, 24, 18);
    assertThat(plan.cpusByNode(3)).containsOnlyKeys(0, 1);
  }

  @Test
  void minesWithOneThreadOnOneCoreHoweverSmallItsCache() {
    MadeUpMachine machine =
        new MadeUpMachine(root).online("0").core("0", 0, "256K", "0").level3("0", "1024K");
    MiningPlan plan = plan(machine, "0", SCRATCHPAD);
    assertThat(plan.recommended()).isEqualTo(1);
    assertThat(plan.places()).containsExactly(new MiningPlan.Place(0, 0));
  }

  @Test
  void usesAllThreadsWhereCachesAreUnknown() {
    MadeUpMachine machine = new MadeUpMachine(root).online("0-5");
    assertThat(plan(machine, "0-5", SCRATCHPAD).recommended()).isEqualTo(6);
  }

  @Test
  void hasNoPlaceWhereNothingIsAllowed() {
    MiningPlan plan = plan(MadeUpMachine.hybrid(root), "100", SCRATCHPAD);
    assertThat(plan).isEqualTo(new MiningPlan(List.of(), 0));
    assertThat(plan.cpusByNode(4)).isEmpty();
  }

  @Test
  void recommendsNoMoreThanTimeIsGivenFor() {
    MiningPlan plan = plan(MadeUpMachine.hybrid(root), "0-7", SCRATCHPAD);
    assertThat(plan.atMost(2).recommended()).isEqualTo(2);
    assertThat(plan.atMost(2).places()).isEqualTo(plan.places());
    assertThat(plan.atMost(50)).isEqualTo(plan);
  }

  @Test
  void refusesThreadsWithoutMemory() {
    assertThatThrownBy(() -> plan(MadeUpMachine.hybrid(root), "0", 0))
        .hasMessageContaining("bytesPerThread=0");
    assertThatThrownBy(() -> new MiningPlan(List.of(), 1)).hasMessageContaining("recommended=1");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void keepsToThisProcessOnThisMachine() {
    MiningPlan plan = MiningPlan.detect(SCRATCHPAD);
    assertThat(plan.recommended()).isPositive();
    Set<Integer> allowed = Set.copyOf(ThreadAffinity.allowed().orElseThrow().toList());
    assertThat(plan.cpus(Integer.MAX_VALUE)).isSubsetOf(allowed);
  }
}
