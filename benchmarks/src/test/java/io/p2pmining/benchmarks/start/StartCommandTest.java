package io.p2pmining.benchmarks.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.p2pmining.benchmarks.contender.ContenderException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class StartCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void timesACommandAsOftenAsAsked() {
    String json = "{\"datasetInitSeconds\" : 0.0}";
    assertThat(execute("--times", "2", "echo", json)).as("errors: %s", err).isZero();
    assertThat(out.toString()).contains("1: ", "2: ", "0.000 s the dataset", "median within");
  }

  @Test
  void leavesTheDatasetOut() {
    assertThat(StartedMiner.datasetSeconds("{\"a\": 1, \"datasetInitSeconds\": 1.25E1}"))
        .isEqualTo(12.5);
    assertThat(new StartedMiner(14, 12.5).otherSeconds()).isEqualTo(1.5);
    assertThatExceptionOfType(ContenderException.class)
        .isThrownBy(() -> StartedMiner.datasetSeconds("{}"))
        .withMessageContaining("{}");
  }

  @Test
  void saysThatTheCommandFailed() {
    assertThat(execute("--times", "1", "false")).isEqualTo(1);
    assertThat(err.toString()).contains("status=1 of false");
  }

  private int execute(String... arguments) {
    return new CommandLine(new StartCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
