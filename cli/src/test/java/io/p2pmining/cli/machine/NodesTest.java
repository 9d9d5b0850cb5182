package io.p2pmining.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.core.memory.AvailableMemory;
import io.p2pmining.core.pow.EngineSettings;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.HashingNode;
import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.core.pow.PowAlgorithms;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodesTest {

  private static final PowAlgorithm RX_0 = PowAlgorithms.load().find("rx/0").orElseThrow();
  private static final List<HashingNode> TWO =
      List.of(new HashingNode(0, List.of(0)), new HashingNode(1, List.of(1)));

  @TempDir Path root;
  private final StringWriter err = new StringWriter();

  private EngineSettings with(int gibibytes, HashingMode mode) throws IOException {
    Files.createDirectories(root.resolve("proc"));
    Files.writeString(
        root.resolve("proc/meminfo"), "MemAvailable: " + gibibytes * (1 << 20) + " kB\n");
    return Nodes.near(
        TWO,
        2,
        RX_0,
        mode,
        EngineSettings.AUTO,
        new AvailableMemory(root),
        new PrintWriter(err, true));
  }

  @Test
  void getADatasetEachWhereMemorySuffices() throws IOException {
    assertThat(with(5, HashingMode.FULL).nodes()).isEqualTo(TWO);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void shareOneWhereMemoryIsShort() throws IOException {
    assertThat(with(4, HashingMode.FULL)).isEqualTo(EngineSettings.AUTO);
    assertThat(err.toString()).contains("one dataset for all 2 NUMA nodes").contains("4432 MiB");
  }
}
