package io.p2pmining.core.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class ShortCommandTest {

  private static final Duration LONG = Duration.ofMinutes(1);

  @Test
  void givesTheLines() {
    assertThat(ShortCommand.run(List.of("printf", "a\\nb\\n\\nc"), LONG))
        .hasValue(List.of("a", "b", "", "c"));
  }

  @Test
  void doesWithoutProgramsThatFailOrAreMissing() {
    assertThat(ShortCommand.run(List.of("false"), LONG)).isEmpty();
    assertThat(ShortCommand.run(List.of("no-such-program-anywhere"), LONG)).isEmpty();
  }

  @Test
  void endsProgramsThatTakeTooLong() {
    long before = ProcessHandle.current().children().count();
    assertThat(ShortCommand.run(List.of("sleep", "600"), Duration.ZERO)).isEmpty();
    ProcessHandle.current()
        .children()
        .filter(child -> child.info().command().orElse("").endsWith("sleep"))
        .forEach(child -> child.onExit().join());
    assertThat(ProcessHandle.current().children().count()).isLessThanOrEqualTo(before);
  }

  @Test
  void endsWithTheThreadThatWaits() {
    Thread.currentThread().interrupt();
    assertThat(ShortCommand.run(List.of("sleep", "600"), LONG)).isEmpty();
    assertThat(Thread.interrupted()).isTrue();
  }
}
