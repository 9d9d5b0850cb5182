package io.p2pmining.benchmarks.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ReferenceComparisonTest {

  private static final String REQUIRED = "P2PMINE_REQUIRE_LIBRANDOMX";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void saysWhatToInstallWhenTheLibraryIsMissing() {
    assertThat(run("--library", "libnosuchthing.so")).isEqualTo(1);
    assertThat(err.toString()).contains("libnosuchthing.so", "apt-get install librandomx-dev");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void comparesHashesAndCaches() {
    needsTheReference();
    assertThat(run("--pairs", "2", "--seconds", "0.1")).as("errors: %s", err).isZero();
    assertThat(out.toString())
        .contains(
            "no machine-code compiler", "pair 2: ours", "ours / ref", "seconds to initialise");
  }

  private int run(String... arguments) {
    return new CommandLine(new ReferenceComparison())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private static void needsTheReference() {
    try {
      ReferenceLibrary.load(ReferenceLibrary.DEFAULT_NAME);
    } catch (MissingReferenceException e) {
      if (Boolean.parseBoolean(System.getenv(REQUIRED))) {
        fail(e.getMessage() + ", but " + REQUIRED + " is set", e);
      }
      abort(e.getMessage());
    }
  }
}
