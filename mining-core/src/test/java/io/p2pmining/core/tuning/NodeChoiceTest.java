package io.p2pmining.core.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.core.cpu.CpuSet;
import io.p2pmining.core.cpu.NumaNode;
import io.p2pmining.core.cpu.NumaNodes;
import io.p2pmining.core.pow.EngineSettings;
import io.p2pmining.core.pow.HashingNode;
import io.p2pmining.core.pow.PipelineShape;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeChoiceTest {

  private static final NumaNodes MACHINE =
      new NumaNodes(
          List.of(
              new NumaNode(0, CpuSet.of(0, 1), 1000),
              new NumaNode(1, CpuSet.NONE, 5000),
              new NumaNode(2, CpuSet.of(2, 3), 1000),
              new NumaNode(3, CpuSet.of(4, 5), 1000)));

  @Test
  void choosesTheNodesOnWhichThreadsHashTheFirstThreadsFirst() {
    assertThat(NodeChoice.of(MACHINE, List.of(3, 0, 2, 1)))
        .containsExactly(new HashingNode(2, List.of(2, 3)), new HashingNode(0, List.of(0, 1)));
  }

  @Test
  void choosesNoneForThreadsOfOneNode() {
    assertThat(NodeChoice.of(MACHINE, List.of(4, 5))).isEmpty();
    assertThat(NodeChoice.of(new NumaNodes(List.of()), List.of(0, 1))).isEmpty();
  }

  @Test
  void choosesNoneForThreadsThatAreNotBound() {
    assertThat(NodeChoice.of(MACHINE, List.of())).isEmpty();
  }

  @Test
  void findsTheNodeOfAProcessorAmongThoseThatWereChosen() {
    EngineSettings engine = EngineSettings.AUTO.withNodes(NodeChoice.of(MACHINE, List.of(3, 0)));
    assertThat(engine.copies()).isEqualTo(1);
    assertThat(engine.firstNode()).isEqualTo(2);
    assertThat(engine.nodeOf(1)).isZero();
    assertThat(engine.nodeOf(2)).isEqualTo(2);
    assertThat(engine.nodeOf(4)).isEqualTo(PipelineShape.ANY_NODE);
    assertThat(EngineSettings.AUTO.copies()).isZero();
    assertThat(EngineSettings.AUTO.firstNode()).isEqualTo(PipelineShape.ANY_NODE);
  }
}
