package io.p2pmining.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What many rounds of obtaining and freeing memory leave in a real process: nothing. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class MemoryRoundsTest {

  /** What compilers and the collector may add; a leak would add one or more a round. */
  private static final long TOLERATED_MAPPINGS = 100;

  /** Likewise, with a heap of {@link #HEAP}; leaked memory would be 2 GiB. */
  private static final long TOLERATED_KIBIBYTES = 150 << 10;

  private static final String HEAP = "-Xmx64m";

  @Test
  void leaveMemoryAndMappingsAndFilesAsTheyWere() throws Exception {
    List<long[]> holdings = runRounds();
    long[] before = holdings.get(0);
    long[] after = holdings.get(1);
    assertThat(after[0]).as("mappings").isLessThan(before[0] + TOLERATED_MAPPINGS);
    assertThat(after[1]).as("files").isLessThan(before[1] + TOLERATED_MAPPINGS);
    assertThat(after[2]).as("resident KiB").isLessThan(before[2] + TOLERATED_KIBIBYTES);
    assertThat(after[3]).as("mappings of code").isZero();
  }

  /** In a process of its own, whose small heap does not drown what is looked for. */
  private static List<long[]> runRounds() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                MemoryRounds.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> lines = process.inputReader().lines().toList();
    assertThat(process.waitFor()).isZero();
    assertThat(lines).hasSize(2);
    return lines.stream()
        .map(line -> Arrays.stream(line.split(" ", -1)).mapToLong(Long::parseLong).toArray())
        .toList();
  }
}
