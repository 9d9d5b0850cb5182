package io.p2pmining.master.source.monero;

import org.jspecify.annotations.Nullable;

/** A daemon did not do what it was asked. Its reason is safe to show and reads after a colon. */
final class DaemonException extends Exception {

  private final Kind kind;
  private final int code;
  private final String reason;

  DaemonException(Kind kind, String reason) {
    this(kind, reason, 0, null);
  }

  DaemonException(Kind kind, String reason, int code, @Nullable Throwable cause) {
    super(reason, cause);
    this.kind = kind;
    this.code = code;
    this.reason = reason;
  }

  /** What went wrong. */
  enum Kind {
    /** No connection could be made, so the daemon cannot have got the request. */
    UNREACHABLE,
    /** The connection broke or the time ran out. The request may have been carried out. */
    UNANSWERED,
    /** The login is missing or wrong. */
    UNAUTHORIZED,
    /** The daemon is not ready, most often because it is synchronising. */
    BUSY,
    /** The daemon answered with an error of its own; {@link #code()} is its number. */
    REFUSED,
    /** The answer makes no sense. */
    MALFORMED,
    /** The answer is right, but nothing this master can work with. */
    UNUSABLE
  }

  /** The message, which there always is. */
  String reason() {
    return reason;
  }

  Kind kind() {
    return kind;
  }

  /** The daemon's error number; 0 unless it refused. */
  int code() {
    return code;
  }
}
