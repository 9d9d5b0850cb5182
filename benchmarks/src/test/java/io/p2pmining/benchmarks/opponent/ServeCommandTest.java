package io.p2pmining.benchmarks.opponent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ServeCommandTest {

  /** Of an empty input under a key of zero bytes; other implementations agree. */
  private static final String HASH =
      "0b7857b63b15bb0ba58889912b02b1d30d7ecbd281d498a8b1b44f66a9c70fc3";

  @Test
  void hashesWithTheEngineOfThisBuild() {
    List<String> lines =
        serve("hash 00\nrun 0.01\n", "--algo", "rx/0", "--mode", "light", "--threads", "2");
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).startsWith("ready cacheInitSeconds=").contains("light mode");
    assertThat(lines.get(1)).isEqualTo("hash=" + HASH);
    assertThat(Reply.parse(lines.get(2)).hashRun().hashes()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void saysWhyItCannotServe() {
    assertThat(serve("", "--algo", "rx/9", "--mode", "light"))
        .singleElement()
        .satisfies(line -> assertThat(line).startsWith("error ").contains("rx/9", "rx/0"));
    assertThat(serve("", "--mode", "masked")).singleElement().asString().startsWith("error ");
    assertThat(serve("", "--pages", "3k")).singleElement().asString().contains("pages=3k");
    assertThat(serve("", "--lanes", "9")).singleElement().asString().contains("lanes=9");
  }

  private static List<String> serve(String input, String... arguments) {
    StringWriter out = new StringWriter();
    new CommandLine(
            new ServeCommand(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8))))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(out, true))
        .execute(arguments);
    return out.toString().lines().toList();
  }
}
