package io.p2pmining.master.api;

/** A query parameter that cannot be honoured; answered with status 400. */
final class BadParameterException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String parameter;

  BadParameterException(String parameter, String value, String requirement) {
    super(parameter + "=" + Echo.of(value) + ": " + requirement);
    this.parameter = parameter;
  }

  String parameter() {
    return parameter;
  }
}
