package io.p2pmining.master.api;

/** A query parameter or field that cannot be honoured; answered with status 400. */
final class BadParameterException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String parameter;

  BadParameterException(String parameter, String value, String requirement) {
    this(parameter, parameter + "=" + Echo.of(value) + ": " + requirement);
  }

  private BadParameterException(String parameter, String message) {
    super(message);
    this.parameter = parameter;
  }

  /** A field that has to be there is not. */
  static BadParameterException missing(String parameter, String requirement) {
    return new BadParameterException(parameter, parameter + " is missing: it " + requirement);
  }

  /** A field should not be there. */
  static BadParameterException superfluous(String parameter, String why) {
    return new BadParameterException(parameter, parameter + ": " + why);
  }

  String parameter() {
    return parameter;
  }
}
