package io.p2pmining.cli.terminal;

/** What a text tells beside its words. */
public enum Tone {
  /** Nothing. */
  PLAIN(""),
  /** A title. */
  STRONG("1"),
  /** Of less interest. */
  QUIET("2"),
  /** As it should be. */
  GOOD("32"),
  /** Somebody should have a look. */
  WARNING("33"),
  /** Somebody has to do something. */
  BAD("31");

  private final String code;

  Tone(String code) {
    this.code = code;
  }

  /** The parameter of the terminal's sequence; empty for none. */
  String code() {
    return code;
  }
}
