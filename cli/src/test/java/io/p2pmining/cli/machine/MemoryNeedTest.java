package io.p2pmining.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.p2pmining.cli.CommandFailure;
import io.p2pmining.core.memory.AvailableMemory;
import io.p2pmining.core.pow.EngineSettings;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.HashingNode;
import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.core.pow.PowAlgorithms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryNeedTest {

  private static final long MIB = 1 << 20;

  @TempDir Path root;

  @BeforeEach
  void machineWith100Mib() throws IOException {
    Files.createDirectories(root.resolve("proc"));
    Files.writeString(root.resolve("proc/meminfo"), "MemAvailable: " + 100 * 1024 + " kB\n");
  }

  @Test
  void refusesMoreThanThereIsWithBothFiguresAndTheRemedy() {
    MemoryNeed need = new MemoryNeed(100 * MIB + 1, "for two workers", "try one");

    assertThatThrownBy(() -> need.check(new AvailableMemory(root)))
        .isInstanceOf(CommandFailure.class)
        .hasMessage(
            "too little memory: 101 MiB are needed for two workers, 100 MiB are available; try one");
  }

  @Test
  void knowsWhetherThereIsEnough() {
    AvailableMemory memory = new AvailableMemory(root);
    assertThat(new MemoryNeed(100 * MIB, "", "").fits(memory)).isTrue();
    assertThat(new MemoryNeed(100 * MIB + 1, "", "").fits(memory)).isFalse();
    assertThat(new MemoryNeed(Long.MAX_VALUE, "", "").fits(new AvailableMemory(root.resolve("x"))))
        .isTrue();
  }

  @Test
  void countsACopyForEachNodeButTheFirst() {
    PowAlgorithm algorithm = PowAlgorithms.load().find("rx/0").orElseThrow();
    List<HashingNode> nodes =
        IntStream.range(0, 3).mapToObj(node -> new HashingNode(node, List.of(node))).toList();
    long one = MemoryNeed.of(algorithm, HashingMode.FULL, 2, EngineSettings.AUTO).bytes();
    assertThat(
            MemoryNeed.of(algorithm, HashingMode.FULL, 2, EngineSettings.AUTO.withNodes(nodes))
                .bytes())
        .isEqualTo(one + 2 * 2080 * MIB - 2 * 64);
    assertThat(MemoryNeed.of(algorithm, HashingMode.LIGHT, 2, EngineSettings.AUTO.withNodes(nodes)))
        .isEqualTo(MemoryNeed.of(algorithm, HashingMode.LIGHT, 2, EngineSettings.AUTO));
  }

  @Test
  void acceptsWhatFits() {
    MemoryNeed need = new MemoryNeed(100 * MIB, "for one worker", "try less");

    assertThatCode(() -> need.check(new AvailableMemory(root))).doesNotThrowAnyException();
  }

  @Test
  void acceptsAnythingWhereTheSystemDoesNotTell() {
    MemoryNeed need = new MemoryNeed(Long.MAX_VALUE, "for everything", "try less");

    assertThatCode(() -> need.check(new AvailableMemory(root.resolve("elsewhere"))))
        .doesNotThrowAnyException();
  }
}
