package io.p2pmining.service.tracing;

import io.p2pmining.common.trace.TraceContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * What the thread logs belongs to a trace until this is closed, by the same thread; then to what it
 * belonged to before. The ids are in SLF4J's MDC under the names that Micrometer uses.
 */
public final class TraceScope implements AutoCloseable {

  static final String TRACE_ID = "traceId";
  static final String SPAN_ID = "spanId";

  private final @Nullable String traceIdBefore = MDC.get(TRACE_ID);
  private final @Nullable String spanIdBefore = MDC.get(SPAN_ID);

  private TraceScope(TraceContext trace) {
    MDC.put(TRACE_ID, trace.traceId());
    MDC.put(SPAN_ID, trace.spanId());
  }

  /** Opens a scope. */
  public static TraceScope open(TraceContext trace) {
    return new TraceScope(trace);
  }

  /** Does something, such as writing a line, as a part of a trace; or of none if that is null. */
  public static void within(@Nullable TraceContext trace, Runnable action) {
    if (trace == null) {
      action.run();
      return;
    }
    try (TraceScope scope = open(trace)) {
      action.run();
    }
  }

  @Override
  public void close() {
    restore(TRACE_ID, traceIdBefore);
    restore(SPAN_ID, spanIdBefore);
  }

  private static void restore(String key, @Nullable String before) {
    if (before == null) {
      MDC.remove(key);
    } else {
      MDC.put(key, before);
    }
  }
}
