package io.p2pmining.cli.hash;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.cli.CommandRun;
import io.p2pmining.cli.options.Engine;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Key and input are "test key 000" and "This is a test". */
class RandomXHashCommandTest {

  private static final String KEY = "74657374206b657920303030";
  private static final String INPUT = "5468697320697320612074657374";
  private static final String RX0 =
      "639183aae1bf4c9a35884cb46b09cad9175f04efd7684e7262a0ac1c2f0b4e3f";
  private static final String RX2_WITH_COMMITMENT =
      "22ec6b861b3eb23686b2efbad69513c967ecfce80983df66c9c5b4fbfb4cdb6f"
          + " 133be717399046b03ae82ce8ddd9d1ee4d3ea7fca03a50dec09b6848cbb98e18";

  @ParameterizedTest
  @ValueSource(strings = {"interpreter", "auto"})
  void printsTheHash(String engine) {
    CommandRun run =
        CommandRun.of(
            "hash", "--algorithm=rx/0", "--key=" + KEY, "--input=" + INPUT, "--engine=" + engine);

    assertThat(run.outLines()).containsExactly(RX0);
    assertThat(run.status()).isZero();
  }

  @Test
  void answersABatchOfSeveralAlgorithmsWithTheCommitmentWhereThereIsOne() throws Exception {
    StringWriter out = new StringWriter();
    String lines =
        """
        rx/0 %1$s %2$s
        rx/2 %1$s %2$s
        rx/0 %1$s %2$s
        """
            .formatted(KEY, INPUT);

    try (HashCalculator calculator = new HashCalculator(Engine.AUTO)) {
      int invalid =
          new HashBatch(calculator)
              .run(
                  new BufferedReader(new StringReader(lines)),
                  new PrintWriter(out),
                  new PrintWriter(System.err, true));
      assertThat(invalid).isZero();
    }

    assertThat(out.toString().lines()).containsExactly(RX0, RX2_WITH_COMMITMENT, RX0);
  }

  @Test
  void refusesAKeyThatIsTooLong() {
    CommandRun run =
        CommandRun.of("hash", "--algorithm=rx/0", "--key=" + "00".repeat(61), "--input=00");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errLines().getFirst())
        .endsWith("the key has 61 bytes, but rx/0 takes at most 60");
  }

  @Test
  void asksForTheKeyThatIsMissing() {
    CommandRun run = CommandRun.of("hash", "--algorithm=rx/0", "--input=00");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errLines().getFirst()).contains("--key is needed for rx/0");
  }
}
