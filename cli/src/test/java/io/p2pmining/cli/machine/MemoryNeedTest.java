package io.p2pmining.cli.machine;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.p2pmining.cli.CommandFailure;
import io.p2pmining.core.memory.AvailableMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
