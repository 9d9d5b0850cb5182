package io.p2pmining.core.memory;

/** The system refused something. */
final class SystemCallException extends Exception {

  private static final long serialVersionUID = 1;

  /** There is no memory for it. */
  static final int ENOMEM = 12;

  /** Something is mapped there already. */
  static final int EEXIST = 17;

  /** The kernel does not know this flag or advice. */
  static final int EINVAL = 22;

  private final String reason;
  private final int errorNumber;

  private SystemCallException(String reason, int errorNumber) {
    super(reason);
    this.reason = reason;
    this.errorNumber = errorNumber;
  }

  /** A function of the C library failed. */
  static SystemCallException of(String call, int errorNumber) {
    return new SystemCallException(
        "the system refused it (%s: errno=%d)".formatted(call, errorNumber), errorNumber);
  }

  /** The system would not refuse it, but ends programs later on for want of memory. */
  static SystemCallException shortOf(long availableBytes) {
    return new SystemCallException((availableBytes >> 20) + " MiB are available", ENOMEM);
  }

  /** What stood in the way, in the words of an error message. */
  String reason() {
    return reason;
  }

  int errorNumber() {
    return errorNumber;
  }
}
