package io.p2pmining.common.connection;

import java.nio.charset.StandardCharsets;

/** Text that goes into messages and logs. */
final class Text {

  /** The longest GOODBYE reason and ERROR message, in bytes of UTF-8. */
  static final int SENTENCE_BYTES = 512;

  private Text() {}

  /** Whether a log can hold the text on one line and a terminal can show it. */
  static boolean isPrintable(String text) {
    int next;
    for (int i = 0; i < text.length(); i += Character.charCount(next)) {
      next = text.codePointAt(i);
      if (isUnprintable(next)) {
        return false;
      }
    }
    return true;
  }

  /** The text without control characters, cut to {@link #SENTENCE_BYTES}. */
  static String printable(String text) {
    StringBuilder kept = new StringBuilder();
    int bytes = 0;
    for (int codePoint : text.codePoints().toArray()) {
      int shown = isUnprintable(codePoint) ? ' ' : codePoint;
      bytes += Character.toString(shown).getBytes(StandardCharsets.UTF_8).length;
      if (bytes > SENTENCE_BYTES) {
        break;
      }
      kept.appendCodePoint(shown);
    }
    return kept.toString();
  }

  private static boolean isUnprintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
