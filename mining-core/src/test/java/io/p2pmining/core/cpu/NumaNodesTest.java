package io.p2pmining.core.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class NumaNodesTest {

  @TempDir Path root;

  @Test
  void readsNodesInTheOrderOfTheirNumbers() {
    MadeUpMachine machine =
        new MadeUpMachine(root)
            .node(10, "", 500)
            .node(2, "4-7", 4000)
            .node(0, "0-3", 3000)
            .write("node/has_cpu", "0,2")
            .write("node/online", "0,2,10");
    NumaNodes nodes = NumaNodes.read(machine.nodes());
    assertThat(nodes.nodes())
        .containsExactly(
            new NumaNode(0, CpuSet.parse("0-3"), 3000 * 1024),
            new NumaNode(2, CpuSet.parse("4-7"), 4000 * 1024),
            new NumaNode(10, CpuSet.NONE, 500 * 1024));
    assertThat(nodes.nodeOf(5)).isEqualTo(2);
    assertThat(nodes.nodeOf(99)).isZero();
  }

  @Test
  void hasNoneWhereTheSystemKnowsNone() {
    assertThat(NumaNodes.read(root.resolve("missing")).nodes()).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void coverThisMachine() {
    NumaNodes nodes = NumaNodes.detect();
    for (NumaNode node : nodes.nodes()) {
      assertThat(node.memoryBytes()).isPositive();
      for (int cpu : node.cpus().toList()) {
        assertThat(nodes.nodeOf(cpu)).isEqualTo(node.number());
      }
    }
  }
}
