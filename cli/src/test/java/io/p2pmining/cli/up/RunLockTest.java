package io.p2pmining.cli.up;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.p2pmining.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLockTest {

  @TempDir Path directory;

  @Test
  void keepsASecondOneOutUntilItIsGivenBack() {
    Path data = directory.resolve("a/b");
    try (RunLock lock = RunLock.take(data)) {
      assertThatThrownBy(() -> RunLock.take(data))
          .isInstanceOf(CommandFailure.class)
          .hasMessageStartingWith("a cluster runs on " + data + " already");
    }

    assertThatCode(() -> RunLock.take(data).close()).doesNotThrowAnyException();
  }

  @Test
  void refusesADirectoryThatCannotBe() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));

    assertThatThrownBy(() -> RunLock.take(file.resolve("data")))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("cannot be written")
        .hasMessageEndingWith("--data DIR");
  }
}
