package io.p2pmining.core.tuning;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON (RFC 8259) into maps, lists, strings, doubles and booleans; nothing in it may be null.
 * Strict: a text is all of one value, or it is refused with the position of the fault.
 */
final class Json {

  /** More than any file of ours has; keeps a hostile one from overflowing the stack. */
  private static final int MAX_DEPTH = 16;

  private static final String ESCAPES = "\"\\/bfnrt";
  private static final String ESCAPED = "\"\\/\b\f\n\r\t";
  private static final int UNICODE_DIGITS = 4;
  private static final int HEX = 16;

  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  /**
   * The value that a text spells.
   *
   * @throws IllegalArgumentException if it spells none
   */
  static Object parse(String text) {
    Json json = new Json(text);
    Object value = json.value(0);
    json.skipSpace();
    if (json.at < text.length()) {
      throw json.fault("the end");
    }
    return value;
  }

  /** A string in quotes, as it stands in a text. */
  static String quoted(String string) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char c : string.toCharArray()) {
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  private Object value(int depth) {
    if (depth > MAX_DEPTH) {
      throw fault("less depth");
    }
    skipSpace();
    return switch (peek()) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      default -> number();
    };
  }

  private Map<String, Object> object(int depth) {
    Map<String, Object> object = new LinkedHashMap<>();
    expect('{');
    if (!takes('}')) {
      do {
        skipSpace();
        String name = string();
        expect(':');
        object.put(name, value(depth + 1));
      } while (takes(','));
      expect('}');
    }
    return object;
  }

  private List<Object> array(int depth) {
    List<Object> array = new ArrayList<>();
    expect('[');
    if (!takes(']')) {
      do {
        array.add(value(depth + 1));
      } while (takes(','));
      expect(']');
    }
    return array;
  }

  private String string() {
    StringBuilder string = new StringBuilder();
    expect('"');
    while (peek() != '"') {
      char c = next();
      if (c < ' ') {
        throw fault("no control character");
      }
      string.append(c == '\\' ? escaped() : c);
    }
    at++;
    return string.toString();
  }

  private char escaped() {
    char c = next();
    if (c == 'u') {
      int end = Math.min(text.length(), at + UNICODE_DIGITS);
      String digits = text.substring(at, end);
      if (!digits.matches("[0-9a-fA-F]{4}")) {
        throw fault("four hex digits");
      }
      at = end;
      return (char) Integer.parseInt(digits, HEX);
    }
    int which = ESCAPES.indexOf(c);
    if (which < 0) {
      throw fault("an escape");
    }
    return ESCAPED.charAt(which);
  }

  private boolean word(String word, boolean value) {
    if (!text.startsWith(word, at)) {
      throw fault("a value");
    }
    at += word.length();
    return value;
  }

  private double number() {
    int start = at;
    while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    try {
      return Double.parseDouble(text.substring(start, at));
    } catch (NumberFormatException e) {
      throw fault("a value");
    }
  }

  private void skipSpace() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() {
    if (at >= text.length()) {
      throw fault("more");
    }
    return text.charAt(at);
  }

  private char next() {
    char c = peek();
    at++;
    return c;
  }

  private boolean takes(char c) {
    skipSpace();
    boolean there = at < text.length() && text.charAt(at) == c;
    at += there ? 1 : 0;
    return there;
  }

  private void expect(char c) {
    if (!takes(c)) {
      throw fault("'" + c + "'");
    }
  }

  private IllegalArgumentException fault(String expected) {
    return new IllegalArgumentException("expected " + expected + " at position " + at);
  }
}
