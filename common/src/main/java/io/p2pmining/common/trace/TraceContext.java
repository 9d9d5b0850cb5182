package io.p2pmining.common.trace;

import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Where in which trace something happens, as W3C Trace Context's header {@code traceparent} says
 * it: {@code 00-<trace id>-<span id>-<flags>}. Its text holds hexadecimal digits and dashes only,
 * so that it may go into logs, headers and messages whoever made it. Immutable.
 *
 * @param traceId 32 hexadecimal digits, in lower case and not all 0
 * @param spanId 16 hexadecimal digits, in lower case and not all 0
 * @param sampled whether whoever can record spans of the trace is asked to
 */
public record TraceContext(String traceId, String spanId, boolean sampled) {

  /** The length of the text, in characters. */
  public static final int LENGTH = 55;

  private static final int TRACE_ID_LENGTH = 32;
  private static final int SPAN_ID_LENGTH = 16;
  private static final int TRACE_ID_START = 3;
  private static final int SPAN_ID_START = TRACE_ID_START + TRACE_ID_LENGTH + 1;
  private static final int FLAGS_START = SPAN_ID_START + SPAN_ID_LENGTH + 1;
  private static final int SAMPLED_FLAG = 1;

  public TraceContext {
    requireId("traceId", traceId, TRACE_ID_LENGTH);
    requireId("spanId", spanId, SPAN_ID_LENGTH);
  }

  private static void requireId(String name, String id, int length) {
    if (id.length() != length || !isId(id, 0, length)) {
      throw new IllegalArgumentException(name + "=" + id + ", length must be " + length);
    }
  }

  /**
   * Whether a text is a {@code traceparent} of version 00; flags beside "sampled" are ignored.
   * Asked for every unit that is sent or comes, so without a pattern.
   */
  public static boolean isValid(String text) {
    return text.length() == LENGTH
        && text.startsWith("00-")
        && isId(text, TRACE_ID_START, SPAN_ID_START - 1)
        && text.charAt(SPAN_ID_START - 1) == '-'
        && isId(text, SPAN_ID_START, FLAGS_START - 1)
        && text.charAt(FLAGS_START - 1) == '-'
        && isHex(text, FLAGS_START, LENGTH);
  }

  private static boolean isId(String text, int start, int end) {
    int zeros = start;
    while (zeros < end && text.charAt(zeros) == '0') {
      zeros++;
    }
    return zeros < end && isHex(text, zeros, end);
  }

  private static boolean isHex(String text, int start, int end) {
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  /** What a text says; empty if it is anything but a {@code traceparent} of version 00. */
  public static Optional<TraceContext> parse(String text) {
    if (!isValid(text)) {
      return Optional.empty();
    }
    int flags = HexFormat.fromHexDigits(text, FLAGS_START, LENGTH);
    return Optional.of(
        new TraceContext(
            text.substring(TRACE_ID_START, SPAN_ID_START - 1),
            text.substring(SPAN_ID_START, FLAGS_START - 1),
            (flags & SAMPLED_FLAG) != 0));
  }

  /** The beginning of a trace that nobody records unless asked otherwise. */
  public static TraceContext begin(RandomGenerator random) {
    HexFormat hex = HexFormat.of();
    String traceId = hex.toHexDigits(random.nextLong()) + hex.toHexDigits(id(random));
    return new TraceContext(traceId, hex.toHexDigits(id(random)), false);
  }

  /** Another place in the same trace. */
  public TraceContext next(RandomGenerator random) {
    return new TraceContext(traceId, HexFormat.of().toHexDigits(id(random)), sampled);
  }

  /** Any number but 0. */
  private static long id(RandomGenerator random) {
    long id;
    do {
      id = random.nextLong();
    } while (id == 0);
    return id;
  }

  /** The value of a {@code traceparent} header. */
  @Override
  public String toString() {
    return "00-" + traceId + "-" + spanId + (sampled ? "-01" : "-00");
  }
}
