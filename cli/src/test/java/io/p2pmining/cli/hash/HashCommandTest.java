package io.p2pmining.cli.hash;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.cli.CommandRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HashCommandTest {

  /** SHA-256 of SHA-256 of nothing. */
  private static final String SHA256D_OF_NOTHING =
      "5df6e0e2761359d30a8275058e299fcc0381534545f55cf43e41983f5d4c9456";

  @Test
  void printsTheHash() {
    CommandRun run = CommandRun.of("hash", "--algorithm", "sha256d", "--key", "-", "--input", "");

    assertThat(run.status()).isZero();
    assertThat(run.outLines()).containsExactly(SHA256D_OF_NOTHING);
    assertThat(run.err()).isEmpty();
  }

  @Test
  void needsNoKeyForAnAlgorithmWithoutOne() {
    CommandRun run = CommandRun.of("hash", "--algorithm", "sha256d", "--input", "-");

    assertThat(run.outLines()).containsExactly(SHA256D_OF_NOTHING);
  }

  @ParameterizedTest
  @CsvSource({
    "0g, is not hex: 'g' at position 1",
    "012, 'is not hex: an odd number of digits, 3'",
    "０１, is not hex: '０' at position 0",
  })
  void refusesInputThatIsNotHex(String input, String reason) {
    CommandRun run = CommandRun.of("hash", "--algorithm", "sha256d", "--input", input);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.errLines()).hasSize(2);
    assertThat(run.errLines().getFirst())
        .startsWith("p2pmine hash: Invalid value for option '--input'")
        .endsWith(reason);
  }

  @Test
  void refusesKeyThatTheAlgorithmDoesNotTake() {
    CommandRun run =
        CommandRun.of("hash", "--algorithm", "sha256d", "--key", "00", "--input", "00");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errLines().getFirst())
        .endsWith("option '--key': the key has 1 bytes, but sha256d takes none");
  }

  @Test
  void refusesUnknownAlgorithmAndNamesTheKnownOnes() {
    CommandRun run = CommandRun.of("hash", "--algorithm", "rx/99", "--input", "00");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errLines().getFirst())
        .contains("'rx/99' is not an algorithm")
        .contains("sha256d");
  }

  @ParameterizedTest
  @ValueSource(strings = {"interpreter", "compiler"})
  void refusesAnEngineThatTheAlgorithmDoesNotHave(String engine) {
    CommandRun run =
        CommandRun.of("hash", "--algorithm", "sha256d", "--input", "00", "--engine", engine);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errLines())
        .containsExactly(
            "p2pmine hash: sha256d has no %1$s; leave out --engine %1$s".formatted(engine));
  }

  @Test
  void refusesRequestBesideBatch() {
    CommandRun run = CommandRun.of("hash", "--batch", "--input", "00");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errLines().getFirst()).contains("--batch reads");
  }

  @Test
  void refusesToHashNothing() {
    assertThat(CommandRun.of("hash").status()).isEqualTo(2);
  }
}
