package io.p2pmining.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two workers in full mode with one dataset; takes 3 GiB. */
@Tag("full")
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class SharedDatasetIT {

  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
  private static final String DATASET = "memfd:p2pmine-dataset-";

  @RegisterExtension final Processes processes = new Processes();

  @Test
  void hasOneDatasetForAllWorkersAndOutlivesTheOneThatComputedIt() throws Exception {
    Installation installation = Installation.in(processes.directory().resolve("installation"));
    Path data = processes.directory().resolve("up");
    RunningProgram up =
        processes.start(
            "up",
            Map.of(),
            installation.command(
                "up",
                "--data",
                data.toString(),
                "--workers=2",
                "--threads=1",
                "--http-port=0",
                "--p2p-port=0",
                "--set=p2pmine.worker.mode=full",
                "--set=p2pmine.worker.shared-memory=required"));
    await("a dataset in two workers").atMost(LIMIT).until(() -> holders(up).size() == 2);
    List<ProcessHandle> first = holders(up);
    assertThat(datasets(first)).as("one and the same").hasSize(1);

    first.getFirst().destroyForcibly();
    await("the worker that was killed comes back")
        .atMost(LIMIT)
        .until(() -> holders(up).size() == 2 && !holders(up).equals(first));

    assertThat(datasets(holders(up))).isEqualTo(datasets(List.of(first.getLast())));
    assertThat(up.terminate(STOP_LIMIT)).isEqualTo(143);
    assertThat(data.resolve("shared")).isEmptyDirectory();
  }

  /** The processes that have a complete dataset mapped, as all map those for reading only. */
  private static List<ProcessHandle> holders(RunningProgram up) {
    List<ProcessHandle> holders = new ArrayList<>();
    for (ProcessHandle process : up.descendants()) {
      if (views(process).anyMatch(line -> line.contains(" r--s "))) {
        holders.add(process);
      }
    }
    return holders;
  }

  /** The files that are mapped, by their numbers. */
  private static Set<String> datasets(List<ProcessHandle> processes) {
    return processes.stream()
        .flatMap(SharedDatasetIT::views)
        .map(line -> line.split(" +", 6)[4])
        .collect(Collectors.toSet());
  }

  private static Stream<String> views(ProcessHandle process) {
    try {
      return Files.readAllLines(Path.of("/proc", "" + process.pid(), "maps")).stream()
          .filter(line -> line.contains(DATASET));
    } catch (NoSuchFileException e) {
      return Stream.empty(); // It has just ended.
    } catch (IOException e) {
      if (!process.isAlive()) {
        return Stream.empty();
      }
      throw new UncheckedIOException(e);
    }
  }
}
