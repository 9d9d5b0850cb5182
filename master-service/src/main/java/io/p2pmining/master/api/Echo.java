package io.p2pmining.master.api;

/** What a client sent, as it is repeated to it. */
final class Echo {

  /** The longest part of a value that is repeated to the client. */
  private static final int MAX_ECHO = 60;

  private Echo() {}

  static String of(String value) {
    return value.length() <= MAX_ECHO ? value : value.substring(0, MAX_ECHO) + "…";
  }
}
