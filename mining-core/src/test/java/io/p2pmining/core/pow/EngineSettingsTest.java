package io.p2pmining.core.pow;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.core.memory.PagePolicy;
import io.p2pmining.core.memory.Sharing;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class EngineSettingsTest {

  private static final Sharing SHARING = Sharing.through(Path.of("shared"));
  private static final List<HashingNode> NODES =
      List.of(new HashingNode(1, List.of(4, 5)), new HashingNode(0, List.of(0)));

  @Test
  void changesOneThingAndKeepsTheOthers() {
    EngineSettings all =
        EngineSettings.AUTO
            .withNodes(NODES)
            .withSharing(SHARING)
            .withCompiler(CompilerPolicy.REQUIRED)
            .withInstructions(InstructionLimit.AVX2)
            .withLanes(3)
            .withPrefetch(PrefetchMode.WALK_FIRST)
            .withPages(PagePolicy.HUGE);

    assertThat(all)
        .isEqualTo(
            new EngineSettings(
                CompilerPolicy.REQUIRED,
                InstructionLimit.AVX2,
                3,
                PrefetchMode.WALK_FIRST,
                PagePolicy.HUGE,
                SHARING,
                NODES));
    assertThat(all.withNodes(List.of()).sharing()).isEqualTo(SHARING);
    assertThat(all.withSharing(Sharing.OFF).nodes()).isEqualTo(NODES);
  }

  @Test
  void hasACopyForEachNodeButTheFirst() {
    EngineSettings near = EngineSettings.AUTO.withNodes(NODES);

    assertThat(near.copies()).isEqualTo(1);
    assertThat(near.firstNode()).isEqualTo(1);
    assertThat(near.nodeOf(0)).isZero();
    assertThat(near.nodeOf(7)).isEqualTo(PipelineShape.ANY_NODE);
    assertThat(EngineSettings.AUTO.copies()).isZero();
    assertThat(EngineSettings.AUTO.firstNode()).isEqualTo(PipelineShape.ANY_NODE);
  }
}
