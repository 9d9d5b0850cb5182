package io.p2pmining.cli.terminal;

import io.p2pmining.cli.Terminals;
import java.util.Map;

/**
 * Colours, or none: where output is no terminal, where {@code NO_COLOR} is set to anything
 * (no-color.org), and where the terminal knows none. Immutable.
 */
public record Palette(boolean coloured) {

  /** Text alone. */
  public static final Palette NONE = new Palette(false);

  /** What is fit for standard output. */
  public static Palette ofOutput() {
    return of(Terminals.outColumns().isPresent(), System.getenv());
  }

  static Palette of(boolean terminal, Map<String, String> environment) {
    return new Palette(
        terminal
            && environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !environment.getOrDefault("TERM", "").equals("dumb"));
  }

  /** The text in the colour of its tone. */
  public String paint(Tone tone, String text) {
    return coloured && !tone.code().isEmpty() && !text.isEmpty()
        ? "\u001b[" + tone.code() + "m" + text + "\u001b[0m"
        : text;
  }
}
