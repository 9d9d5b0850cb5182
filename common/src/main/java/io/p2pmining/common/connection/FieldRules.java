package io.p2pmining.common.connection;

import com.google.protobuf.ByteString;
import com.google.protobuf.ProtocolMessageEnum;
import io.netty.buffer.ByteBufUtil;
import io.p2pmining.common.frame.ProtocolException;
import io.p2pmining.common.trace.TraceContext;
import io.p2pmining.common.wire.v1.Error;

/** The kinds of rules that a single field can have. A fault names the field. */
final class FieldRules {

  private FieldRules() {}

  /** Text of at most {@code maxBytes} in UTF-8 that fits on one line of a log. */
  static void text(String field, String value, int maxBytes) throws ProtocolException {
    int length = ByteBufUtil.utf8Bytes(value);
    if (length > maxBytes) {
      throw malformed(field, "length=" + length + " bytes, limit=" + maxBytes);
    }
    if (!Text.isPrintable(value)) {
      throw malformed(field, "holds control characters");
    }
  }

  /** Text that must say something. */
  static void name(String field, String value, int maxBytes) throws ProtocolException {
    if (value.isEmpty()) {
      throw malformed(field, "is empty");
    }
    text(field, value, maxBytes);
  }

  /** Exactly {@code length} bytes, not all of them zero. */
  static void nonZeroBytes(String field, ByteString value, int length) throws ProtocolException {
    bytes(field, value, length, length);
    for (int i = 0; i < length; i++) {
      if (value.byteAt(i) != 0) {
        return;
      }
    }
    throw malformed(field, "is zero");
  }

  static void bytes(String field, ByteString value, int min, int max) throws ProtocolException {
    if (value.size() < min || value.size() > max) {
      throw malformed(field, "length=" + value.size() + ", must be " + span(min, max));
    }
  }

  static void count(String field, int count, int min, int max) throws ProtocolException {
    if (count < min || count > max) {
      throw malformed(field, "count=" + count + ", must be " + span(min, max));
    }
  }

  /** A {@code uint32}, which Java holds as a signed {@code int}. */
  static void range(String field, int value, long min, long max) throws ProtocolException {
    range(field, Integer.toUnsignedLong(value), min, max);
  }

  /** A {@code uint64} below 2⁶³. */
  static void range(String field, long value, long min, long max) throws ProtocolException {
    if (value < min || value > max) {
      throw malformed(
          field, "value=" + Long.toUnsignedString(value) + ", must be " + span(min, max));
    }
  }

  /** An identifier: any {@code uint64} but 0, which means that the field was left out. */
  static void id(String field, long value) throws ProtocolException {
    if (value == 0) {
      throw malformed(field, "is missing or 0");
    }
  }

  /** A count of bytes or hashes per second: a number that something can have measured. */
  static void rate(String field, double value) throws ProtocolException {
    if (!Double.isFinite(value) || value < 0) {
      throw malformed(field, "value=" + value + ", must be finite and not negative");
    }
  }

  /** A {@code traceparent}, or nothing. */
  static void trace(String field, String value) throws ProtocolException {
    if (!value.isEmpty() && !TraceContext.isValid(value)) {
      throw malformed(field, "is no traceparent of version 00");
    }
  }

  /** A value that this version of the protocol knows. */
  static <E extends Enum<E> & ProtocolMessageEnum> void known(String field, E value)
      throws ProtocolException {
    if (value.name().equals("UNRECOGNIZED")) {
      throw malformed(field, "value is not one of this version");
    }
  }

  /** A value that this version of the protocol knows, and not the one for "left out". */
  static <E extends Enum<E> & ProtocolMessageEnum> void specified(String field, E value)
      throws ProtocolException {
    known(field, value);
    if (value.getNumber() == 0) {
      throw malformed(field, "is missing");
    }
  }

  static ProtocolException malformed(String field, String detail) {
    return ProtocolException.of(Error.Code.CODE_MALFORMED, field + " " + detail);
  }

  private static String span(long min, long max) {
    return min == max ? Long.toString(min) : min + " to " + max;
  }
}
