package io.p2pmining.master.api;

/** Nothing of this kind has the id that a path names; answered with status 404. */
final class UnknownIdException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnknownIdException(String kind, String id) {
    super("There is no " + kind + " with the id " + id);
  }
}
