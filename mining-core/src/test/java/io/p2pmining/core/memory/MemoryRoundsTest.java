package io.p2pmining.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What many rounds of obtaining and freeing memory leave in the real system: nothing. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class MemoryRoundsTest {

  private static final int WARM_UP_ROUNDS = 50;
  private static final int ROUNDS = 1000;
  private static final long BYTES = 2 << 20;
  private static final long CODE_BYTES = 64 << 10;

  /** What garbage collection and compilation may add beside a thousand rounds of 2 MiB. */
  private static final int TOLERATED_MAPPINGS = 60;

  private static final long TOLERATED_KIBIBYTES = 200 << 10;

  private static void obtainAndFree(int round) {
    PagePolicy policy = PagePolicy.values()[round % PagePolicy.values().length];
    CodeViews views = CodeViews.values()[round % 2];
    try (OffHeapMemory memory = OffHeapMemory.allocate(BYTES, "a test", policy);
        ExecutableMemory code = ExecutableMemory.allocate(CODE_BYTES, "a test", views)) {
      memory.segment().fill((byte) round);
      code.beginWriting();
      code.writable().fill((byte) round);
      code.endWriting();
    }
  }

  private static long residentKibibytes() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      String line = lines.filter(l -> l.startsWith("VmRSS:")).findFirst().orElseThrow();
      return Long.parseLong(line.replaceAll("\\D", ""));
    }
  }

  private static long openFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      return files.count();
    }
  }

  @Test
  void leaveMemoryAndMappingsAndFilesAsTheyWere() throws IOException {
    for (int round = 0; round < WARM_UP_ROUNDS; round++) {
      obtainAndFree(round);
    }
    long files = openFiles();
    long resident = residentKibibytes();
    int mappings = OwnMappings.now().count();
    for (int round = 0; round < ROUNDS; round++) {
      obtainAndFree(round);
    }
    assertThat(OwnMappings.now().count()).isLessThan(mappings + TOLERATED_MAPPINGS);
    assertThat(residentKibibytes()).isLessThan(resident + TOLERATED_KIBIBYTES);
    assertThat(openFiles()).isLessThan(files + TOLERATED_MAPPINGS);
    assertThat(OwnMappings.now().lines()).noneMatch(line -> line.contains("p2pmining-code"));
  }
}
