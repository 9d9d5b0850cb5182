package io.p2pmining.common.frame;

import io.p2pmining.common.wire.v1.Error;

/**
 * A peer's fault: it ends that peer's connection with one ERROR and touches nothing else. Carries
 * no stack trace, because where in this program the fault was noticed says nothing about it and
 * peers may cause it as often as they like.
 */
public final class ProtocolException extends Exception {

  /** The offset of a fault that is not about particular bytes, for example a missed deadline. */
  public static final long NO_OFFSET = -1;

  private final transient Violation violation;
  private final long offset;

  /**
   * A fault.
   *
   * @param offset where it is, in bytes since the start of the connection in the direction in which
   *     the peer sends; {@link #NO_OFFSET} if it is nowhere in particular
   */
  public ProtocolException(Violation violation, long offset) {
    super(offset == NO_OFFSET ? violation.toString() : violation + " (offset=" + offset + ")");
    this.violation = violation;
    this.offset = offset;
  }

  /** A fault that is not about particular bytes. */
  public static ProtocolException of(Error.Code code, String detail) {
    return new ProtocolException(new Violation(code, detail), NO_OFFSET);
  }

  /** The same fault at {@code offset}, unless it already says where it is. */
  public ProtocolException at(long offset) {
    return this.offset == NO_OFFSET ? new ProtocolException(violation, offset) : this;
  }

  public Violation violation() {
    return violation;
  }

  /** Bytes since the start of the connection; {@link #NO_OFFSET} if the fault is nowhere. */
  public long offset() {
    return offset;
  }

  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized") // there is no state to guard
  public Throwable fillInStackTrace() {
    return this;
  }
}
