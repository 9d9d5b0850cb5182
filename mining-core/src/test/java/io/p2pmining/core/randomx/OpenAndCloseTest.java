package io.p2pmining.core.randomx;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.core.memory.OwnMappings;
import io.p2pmining.core.memory.PagePolicy;
import io.p2pmining.core.pow.EngineSettings;
import io.p2pmining.core.pow.InstructionLimit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What many rounds of opening and closing leave in the system: nothing. */
class OpenAndCloseTest extends LightEngineTest {

  private static final int WARM_UP_ROUNDS = 50;
  private static final int ROUNDS = 1000;
  private static final int ROUNDS_PER_HASH = 50;

  /**
   * What Java may add itself; the scratchpads of the rounds are 600 MiB together. Address space is
   * what counts: the heap has all of its own from the beginning, but grows in resident memory.
   */
  private static final long TOLERATED_KIBIBYTES = 150 << 10;

  private static final int TOLERATED_MAPPINGS = 60;

  @Test
  void leavesMemoryAsItWasAfterAThousandRounds() throws Exception {
    for (int round = 0; round < WARM_UP_ROUNDS; round++) {
      openAndClose(round);
    }
    System.gc();
    OwnMappings before = OwnMappings.now();
    long mapped = mappedKibibytes();
    long files = openFiles();
    for (int round = 0; round < ROUNDS; round++) {
      openAndClose(round);
    }
    System.gc();
    OwnMappings after = OwnMappings.now();
    assertThat(after.codeViews()).isEqualTo(before.codeViews());
    assertThat(after.count()).isLessThan(before.count() + TOLERATED_MAPPINGS);
    assertThat(mappedKibibytes()).isLessThan(mapped + TOLERATED_KIBIBYTES);
    assertThat(openFiles()).isLessThan(files + TOLERATED_MAPPINGS);
  }

  private static void openAndClose(int round) throws Exception {
    InstructionLimit[] limits = InstructionLimit.values();
    PagePolicy pages = round % 2 == 0 ? PagePolicy.SMALL : PagePolicy.TRANSPARENT_HUGE;
    int lanes = 1 + round % EngineSettings.MAX_LANES;
    use(
        PARAMETERS,
        compiler(lanes, limits[round % limits.length]).withPages(pages),
        pipeline -> {
          if (round % ROUNDS_PER_HASH == 0) {
            hash(pipeline, 2);
          }
        });
  }

  private static long mappedKibibytes() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      String line = lines.filter(l -> l.startsWith("VmSize:")).findFirst().orElseThrow();
      return Long.parseLong(line.replaceAll("\\D", ""));
    }
  }

  private static long openFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      return files.count();
    }
  }
}
