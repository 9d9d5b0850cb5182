package io.p2pmining.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.p2pmining.cli.CommandFailure;
import io.p2pmining.cli.options.Algorithm;
import io.p2pmining.core.memory.AvailableMemory;
import io.p2pmining.core.pow.HashingMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterMemoryTest {

  private static final long RESERVE = 64;

  private final ClusterMemory cluster =
      new ClusterMemory(new Algorithm().convert("rx/0"), 2, 3, false);
  private final long fullMib = cluster.need(HashingMode.FULL).mebibytes();
  private final long lightMib = cluster.need(HashingMode.LIGHT).mebibytes();

  @TempDir Path root;

  @Test
  void needsADatasetMoreForEachWorkerInFullMode() {
    assertThat(fullMib - lightMib).isEqualTo(2 * 2080);
  }

  @Test
  void countsTheTablesOnceIfWorkersShareThem() {
    ClusterMemory sharing = new ClusterMemory(new Algorithm().convert("rx/0"), 2, 3, true);

    assertThat(fullMib - sharing.need(HashingMode.FULL).mebibytes()).isEqualTo(2080 + 256);
    assertThat(lightMib - sharing.need(HashingMode.LIGHT).mebibytes()).isEqualTo(256);
  }

  @Test
  void leavesTheModeToWorkersIfFullModeFitsForAll() throws IOException {
    assertThat(cluster.choose(available(fullMib + RESERVE))).isEqualTo(new ClusterMode.Open());
  }

  @Test
  void choosesLightModeIfFullModeDoesNotFitForAllAndSaysWhy() throws IOException {
    long available = fullMib + RESERVE - 1;

    assertThat(cluster.choose(available(available)))
        .isEqualTo(
            new ClusterMode.Light(
                "full mode needs %d MiB for a master and 2 workers, %d MiB are available"
                    .formatted(fullMib + RESERVE, available)));
    assertThat(cluster.choose(available(lightMib))).isInstanceOf(ClusterMode.Light.class);
  }

  @Test
  void refusesWhatDoesNotEvenSufficeForLightMode() {
    assertThatThrownBy(() -> cluster.choose(available(lightMib - 1)))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining(lightMib + " MiB are needed for a master and 2 workers")
        .hasMessageEndingWith("start fewer with --workers");
  }

  @Test
  void letsOneWorkerFindOutWhereTheSystemDoesNotTell() {
    AvailableMemory unknown = new AvailableMemory(root.resolve("elsewhere"));

    assertThat(new ClusterMemory(new Algorithm().convert("rx/0"), 1, 1, false).choose(unknown))
        .isEqualTo(new ClusterMode.Open());
    assertThat(cluster.choose(unknown)).isInstanceOf(ClusterMode.Light.class);
  }

  private AvailableMemory available(long mib) throws IOException {
    Files.createDirectories(root.resolve("proc"));
    Files.writeString(root.resolve("proc/meminfo"), "MemAvailable: " + mib * 1024 + " kB\n");
    return new AvailableMemory(root);
  }
}
