package io.p2pmining.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that share a table. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
@Timeout(120)
class SharingProcessesTest {

  @TempDir Path parent;

  @Test
  void takesWhatAnotherHasComputedAndKeepsItWhenThatDies() throws Exception {
    Path directory = parent.resolve("shared");
    try (TableProcess first = TableProcess.start(directory, false)) {
      assertThat(first.word()).isEqualTo("complete");
      try (TableProcess second = TableProcess.start(directory, false)) {
        assertThat(second.word()).isEqualTo("taken");

        first.kill();

        try (TableProcess third = TableProcess.start(directory, false)) {
          assertThat(third.word()).as("from the second").isEqualTo("taken");
          second.goOn();
          assertThat(second.word()).isEqualTo("still there");
          second.awaitEnd();
          third.goOn();
          assertThat(third.word()).isEqualTo("still there");
          third.awaitEnd();
        }
      }
    }
    SharedTables.of(Sharing.through(directory)).sweep();
    assertThat(files(directory)).isEmpty();
  }

  @Test
  void waitsForTheBuilderAndTakesOverWhenThatIsKilledMidway() throws Exception {
    Path directory = parent.resolve("shared");
    SharedTables tables = SharedTables.of(Sharing.through(directory));
    TableName name = TableProcess.request().name();
    try (TableProcess builder = TableProcess.start(directory, true)) {
      assertThat(builder.word()).isEqualTo("half");
      assertThat(tables.isHeld(name)).isFalse();
      assertThat(tables.isTakenCareOf(name)).isTrue();
      try (TableProcess next = TableProcess.start(directory, true)) {
        builder.kill();

        assertThat(next.word()).as("begins from the beginning").isEqualTo("half");
        next.goOn();
        assertThat(next.word()).isEqualTo("complete");
        assertThat(tables.isHeld(name)).isTrue();
        assertThat(tables.sweep()).isEqualTo(TableProcess.BYTES);
      }
    }
    assertThat(tables.isHeld(name)).isFalse();
    assertThat(tables.isTakenCareOf(name)).isFalse();
    assertThat(tables.sweep()).isZero();
    assertThat(files(directory)).as("what the killed ones left is swept").isEmpty();
  }

  private static Stream<Path> files(Path directory) throws Exception {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList().stream();
    }
  }
}
