package io.p2pmining.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Text as it takes place on a terminal. What others say about themselves, such as a worker's name,
 * is shown without anything that a terminal would take for a command.
 */
public final class Text {

  private static final String REPLACEMENT = "?";
  private static final String CUT = "…";
  private static final String INDENT = "  ";

  private Text() {}

  /** The text with every character that is not to be seen replaced. */
  public static String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            character -> {
              if (isInvisible(character)) {
                clean.append(REPLACEMENT);
              } else {
                clean.appendCodePoint(character);
              }
            });
    return clean.toString();
  }

  private static boolean isInvisible(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  /** How many columns it takes. */
  public static int width(String text) {
    return text.codePoints().map(Text::width).sum();
  }

  /** Letters of East Asian scripts and pictures take two columns, accents none. */
  private static int width(int character) {
    int type = Character.getType(character);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    boolean wide =
        character >= 0x1100 && character <= 0x115f
            || character >= 0x2e80 && character <= 0xa4cf
            || character >= 0xac00 && character <= 0xd7a3
            || character >= 0xf900 && character <= 0xfaff
            || character >= 0xfe30 && character <= 0xfe6f
            || character >= 0xff00 && character <= 0xff60
            || character >= 0x1f300 && character <= 0x1faff
            || character >= 0x20000 && character <= 0x3fffd;
    return wide ? 2 : 1;
  }

  /** The text, or as much of its beginning as fits with a sign that something is missing. */
  public static String fit(String text, int columns) {
    if (width(text) <= columns) {
      return text;
    }
    StringBuilder cut = new StringBuilder();
    int left = columns - 1;
    for (int at = 0; at < text.length(); ) {
      int character = text.codePointAt(at);
      left -= width(character);
      if (left < 0) {
        break;
      }
      cut.appendCodePoint(character);
      at += Character.charCount(character);
    }
    return columns < 1 ? "" : cut + CUT;
  }

  /** The same if there is a limit. */
  public static String fit(String text, OptionalInt columns) {
    return columns.isPresent() ? fit(text, columns.getAsInt()) : text;
  }

  /** The text with spaces up to a width, before it or after it. */
  public static String pad(String text, int columns, boolean before) {
    String spaces = " ".repeat(Math.max(0, columns - width(text)));
    return before ? spaces + text : text + spaces;
  }

  /** The text on as many lines as it takes; those after the first are indented. */
  public static List<String> wrap(String text, OptionalInt columns) {
    if (columns.isEmpty()) {
      return List.of(text);
    }
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      boolean full = width(line + " " + word) > columns.getAsInt();
      if (full && !line.toString().isBlank()) {
        lines.add(fit(line.toString(), columns.getAsInt()));
        line.setLength(0);
        line.append(INDENT);
      } else if (!line.isEmpty()) {
        line.append(' ');
      }
      line.append(word);
    }
    lines.add(fit(line.toString(), columns.getAsInt()));
    return lines;
  }
}
