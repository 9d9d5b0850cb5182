package io.p2pmining.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class LatencyCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void measuresEveryCombination() {
    assertThat(
            execute(
                "--pages",
                "4k",
                "--threads",
                "1,2",
                "--chains",
                "1,8",
                "--mebibytes",
                "4",
                "--repeats",
                "1"))
        .as("errors: %s", err)
        .isZero();
    assertThat(out.toString().lines())
        .hasSize(5)
        .anyMatch(line -> line.matches("  1 thread x 1 chain: +[0-9.]+ ns a read, .*GB/s"))
        .anyMatch(line -> line.startsWith("  2 threads x 8 chains: "));
  }

  @Test
  void refusesUnknownPages() {
    assertThat(execute("--pages", "16k")).isEqualTo(1);
    assertThat(err.toString()).contains("pages=16k");
  }

  private int execute(String... arguments) {
    return new CommandLine(new LatencyCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
