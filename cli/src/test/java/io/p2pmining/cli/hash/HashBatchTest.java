package io.p2pmining.cli.hash;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.cli.options.Engine;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class HashBatchTest {

  private static final String OF_NOTHING =
      "5df6e0e2761359d30a8275058e299fcc0381534545f55cf43e41983f5d4c9456";
  private static final String OF_ZERO_BYTE =
      "1406e05881e299367766d313e26c05564ec91bf721d31726bd6e46e60689539a";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void answersEveryLineInOrder() throws Exception {
    int invalid = run("sha256d - 00\nsha256d - -\n  sha256d   -  00 \n");

    assertThat(invalid).isZero();
    assertThat(out.toString().lines()).containsExactly(OF_ZERO_BYTE, OF_NOTHING, OF_ZERO_BYTE);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void keepsItsPlaceForInvalidLinesAndNamesThem() throws Exception {
    int invalid = run("sha256d - 00\nsha256d - 0\n\nrx/99 - 00\nsha256d ff 00\nsha256d - -");

    assertThat(invalid).isEqualTo(4);
    assertThat(out.toString().lines())
        .containsExactly(OF_ZERO_BYTE, "error", "error", "error", "error", OF_NOTHING);
    assertThat(err.toString().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("line 2: '0' is not hex"),
            line -> assertThat(line).startsWith("line 3: not three words"),
            line -> assertThat(line).startsWith("line 4: 'rx/99' is not an algorithm"),
            line -> assertThat(line).startsWith("line 5: the key has 1 bytes"));
  }

  @Test
  void answersNothingToNothing() throws Exception {
    assertThat(run("")).isZero();
    assertThat(out.toString()).isEmpty();
  }

  private int run(String input) throws Exception {
    try (HashCalculator calculator = new HashCalculator(Engine.AUTO)) {
      return new HashBatch(calculator)
          .run(
              new BufferedReader(new StringReader(input)),
              new PrintWriter(out),
              new PrintWriter(err));
    }
  }
}
