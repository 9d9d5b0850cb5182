package io.p2pmining.core.memory;

/** Processes cannot share memory, for the reason in the message. */
final class SharingException extends Exception {

  private static final long serialVersionUID = 1;

  private final String reason;

  SharingException(String reason) {
    super(reason);
    this.reason = reason;
  }

  static SharingException of(SystemCallException e) {
    return new SharingException(e.reason());
  }

  /** What stood in the way, as a part of a sentence, with the remedy where there is one. */
  String reason() {
    return reason;
  }
}
