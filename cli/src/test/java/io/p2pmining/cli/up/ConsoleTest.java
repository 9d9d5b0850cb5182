package io.p2pmining.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ConsoleTest {

  private static final String CLEAR = "\r\u001b[K";

  private final StringWriter out = new StringWriter();

  @Test
  void keepsTheStatusLineBelowMessagesOnATerminal() {
    Console console = new Console(new PrintWriter(out), OptionalInt.of(80));

    console.say("first");
    console.status("10 H/s");
    console.say("second");
    console.status("11 H/s");
    console.end();
    console.say("third");

    assertThat(out)
        .hasToString(
            "first\n" + CLEAR + "10 H/s" + CLEAR + "second\n10 H/s" + CLEAR + "11 H/s\nthird\n");
  }

  @Test
  void cutsAStatusLineThatWouldWrap() {
    Console console = new Console(new PrintWriter(out), OptionalInt.of(6));

    console.status("123456789");

    assertThat(out).hasToString(CLEAR + "12345");
  }

  @Test
  void printsPlainLinesElsewhere() {
    Console console = new Console(new PrintWriter(out), OptionalInt.empty());

    console.say("first");
    console.status("10 H/s");
    console.say("second");
    console.status("11 H/s");
    console.end();

    assertThat(out.toString().lines()).containsExactly("first", "10 H/s", "second", "11 H/s");
  }
}
