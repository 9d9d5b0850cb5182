package io.p2pmining.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ChildOutputTest {

  private final StringWriter shown = new StringWriter();
  private Instant now = Instant.EPOCH;
  private final ChildOutput output =
      new ChildOutput(
          new ChildPlan("worker-1", List.of(), Path.of("worker-1.log")),
          new Console(new PrintWriter(shown), OptionalInt.empty()),
          () -> now);

  @Test
  void showsWarningsAndErrorsOnly() {
    print("hello", "WARN the node is gone", "", "ERROR it broke", "WARNING: from Java itself");

    assertThat(shown.toString().lines())
        .containsExactly("worker-1: the node is gone", "worker-1: it broke");
  }

  @Test
  void holdsAFloodBackAndSaysWhereTheRestIs() {
    print("WARN 1", "WARN 2", "WARN 3", "WARN 4", "WARN 5", "WARN 6", "WARN 7");
    now = now.plus(Duration.ofSeconds(10));
    print("WARN 8");

    assertThat(shown.toString().lines())
        .containsExactly(
            "worker-1: 1",
            "worker-1: 2",
            "worker-1: 3",
            "worker-1: 4",
            "worker-1: 5",
            "worker-1: 2 more warnings are in worker-1.log",
            "worker-1: 8");
  }

  @Test
  void remembersTheLastLine() {
    assertThat(output.lastWords()).isEmpty();

    print("first", "Terminating due to java.lang.OutOfMemoryError", "");

    assertThat(output.lastWords()).isEqualTo("Terminating due to java.lang.OutOfMemoryError");
    assertThat(output.isRefusal()).isFalse();
  }

  @Test
  void knowsAServicesOwnReasonNotToStart() {
    print("The master cannot start: port 9740 is taken; choose another.", "bye");

    assertThat(output.isRefusal()).isTrue();
    assertThat(output.lastWords()).isEqualTo("port 9740 is taken; choose another.");
  }

  @Test
  void remembersNoMoreThanTheLastLines() {
    print("The master cannot start: long ago");
    for (int line = 0; line < 1000; line++) {
      print("line " + line);
    }

    assertThat(output.isRefusal()).isFalse();
    assertThat(output.lastWords()).isEqualTo("line 999");
  }

  private void print(String... lines) {
    output.pump(new BufferedReader(new StringReader(String.join("\n", lines))));
  }
}
