package io.p2pmining.master.api;

/** A query parameter that cannot be honoured; answered with status 400. */
final class BadParameterException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The longest part of a value that is repeated to the client. */
  private static final int MAX_ECHO = 60;

  private final String parameter;

  BadParameterException(String parameter, String value, String requirement) {
    super(parameter + "=" + shorten(value) + ": " + requirement);
    this.parameter = parameter;
  }

  String parameter() {
    return parameter;
  }

  private static String shorten(String value) {
    return value.length() <= MAX_ECHO ? value : value.substring(0, MAX_ECHO) + "…";
  }
}
