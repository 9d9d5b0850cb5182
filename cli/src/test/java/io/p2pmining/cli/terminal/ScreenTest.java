package io.p2pmining.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScreenTest {

  private final StringWriter text = new StringWriter();
  private final PrintWriter out = new PrintWriter(text);

  @Test
  void drawsOverTheLastPictureAndLeavesNothingBehind() {
    try (Screen screen = new Screen(out, true)) {
      text.getBuffer().setLength(0);
      screen.draw(List.of("one", "two"), Optional.of(new TerminalSize(24, 80)));
      assertThat(text).hasToString("\u001b[Hone\u001b[K\r\ntwo\u001b[K\u001b[J");
    }
    assertThat(text.toString()).endsWith("\u001b[?25h\u001b[?1049l");
  }

  @Test
  void countsTheLinesThatFindNoRoom() {
    try (Screen screen = new Screen(out, true)) {
      text.getBuffer().setLength(0);
      screen.draw(List.of("1", "2", "3", "4"), Optional.of(new TerminalSize(3, 80)));
    }
    assertThat(text.toString())
        .startsWith("\u001b[H1\u001b[K\r\n2\u001b[K\r\n… 2 more lines\u001b[K\u001b[J");
  }

  @Test
  void putsOnePictureAfterTheOtherWhereThereIsNoTerminal() {
    try (Screen screen = new Screen(out, false)) {
      screen.draw(List.of("one"), Optional.empty());
      screen.draw(List.of("two"), Optional.empty());
    }
    assertThat(text.toString().lines()).containsExactly("one", "", "two", "");
  }

  @Test
  void readsWhatSttySays() {
    assertThat(TerminalSize.parse("50 132\n")).contains(new TerminalSize(50, 132));
    assertThat(TerminalSize.parse("0 0")).isEmpty();
    assertThat(TerminalSize.parse("")).isEmpty();
    assertThat(TerminalSize.parse("50")).isEmpty();
  }

  @Test
  void coloursOnlyTerminalsWhoseOwnerDoesNotObject() {
    assertThat(Palette.of(true, Map.of("TERM", "xterm")).coloured()).isTrue();
    assertThat(Palette.of(true, Map.of("NO_COLOR", "")).coloured()).isTrue();
    assertThat(Palette.of(true, Map.of("NO_COLOR", "1")).coloured()).isFalse();
    assertThat(Palette.of(true, Map.of("TERM", "dumb")).coloured()).isFalse();
    assertThat(Palette.of(false, Map.of("TERM", "xterm")).coloured()).isFalse();
  }
}
