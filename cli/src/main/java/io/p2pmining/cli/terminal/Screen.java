package io.p2pmining.cli.terminal;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;

/**
 * A picture that is drawn over again, on a terminal's second screen, so that what was there before
 * is there again when it is closed. Where output is no terminal, one picture follows the other.
 * Used by one thread.
 */
public final class Screen implements AutoCloseable {

  private static final String OPEN = "\u001b[?1049h\u001b[?25l\u001b[H\u001b[2J";
  private static final String CLOSE = "\u001b[?25h\u001b[?1049l";
  private static final String HOME = "\u001b[H";
  private static final String CLEAR_REST_OF_LINE = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";

  private final PrintWriter out;
  private final boolean terminal;

  public Screen(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
    if (terminal) {
      out.print(OPEN);
      out.flush();
    }
  }

  /** Draws a picture; lines that the terminal has no room for are counted in the last one. */
  public void draw(List<String> lines, Optional<TerminalSize> size) {
    if (!terminal) {
      lines.forEach(out::println);
      out.println();
      out.flush();
      return;
    }
    int rows = size.map(TerminalSize::rows).orElse(lines.size());
    boolean fits = lines.size() <= rows;
    StringBuilder picture = new StringBuilder(HOME);
    int shown = fits ? lines.size() : rows - 1;
    for (int line = 0; line < shown; line++) {
      picture.append(line == 0 ? "" : "\r\n").append(lines.get(line)).append(CLEAR_REST_OF_LINE);
    }
    if (!fits) {
      String more = "… %d more lines".formatted(lines.size() - shown);
      picture.append("\r\n").append(more).append(CLEAR_REST_OF_LINE);
    }
    out.print(picture.append(CLEAR_BELOW));
    out.flush();
  }

  @Override
  public void close() {
    if (terminal) {
      out.print(CLOSE);
      out.flush();
    }
  }
}
