package io.p2pmining.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class P2pmineTest {

  @Test
  void refusesUnknownOptionInOneLineAndNamesTheSimilarOne() {
    CommandRun run = CommandRun.of("bench", "--algorithm", "sha256d", "--thread", "3");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.errLines())
        .containsExactly(
            "p2pmine bench: unknown option '--thread'; did you mean --threads?",
            "Try 'p2pmine bench --help'.");
  }

  @Test
  void refusesUnknownCommandAndNamesTheSimilarOne() {
    CommandRun run = CommandRun.of("bnch");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errLines())
        .containsExactly(
            "p2pmine: unknown command 'bnch'; did you mean bench?", "Try 'p2pmine --help'.");
  }

  @Test
  void refusesSuperfluousArgument() {
    CommandRun run = CommandRun.of("hash", "--batch", "surplus");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errLines().getFirst()).isEqualTo("p2pmine hash: unknown argument 'surplus'");
  }

  @Test
  void asksForACommandWhenThereIsNone() {
    CommandRun run = CommandRun.of();

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errLines())
        .containsExactly("p2pmine: a command is missing", "Try 'p2pmine --help'.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bench",
        "tune",
        "hash",
        "status",
        "peers",
        "jobs",
        "blocks",
        "doctor",
        "completion"
      })
  void explainsEachCommand(String command) {
    CommandRun run = command.isEmpty() ? CommandRun.of("--help") : CommandRun.of(command, "--help");

    assertThat(run.status()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).startsWith(("Usage: p2pmine " + command).strip());
  }

  @Test
  void helpCommandDoesTheSameAsTheHelpOption() {
    assertThat(CommandRun.of("help", "bench").out())
        .isEqualTo(CommandRun.of("bench", "--help").out());
  }

  @Test
  void printsItsVersionAndJavas() {
    CommandRun run = CommandRun.of("--version");

    assertThat(run.status()).isZero();
    assertThat(run.outLines()).hasSize(2);
    assertThat(run.outLines().getFirst()).startsWith("p2pmine ");
    assertThat(run.outLines().getLast()).contains(Runtime.version().toString());
  }
}
