package io.p2pmining.service.tracing;

import io.p2pmining.common.trace.TraceContext;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes spans, the parts that a trace is shown as. Without a collector nothing is recorded, and all
 * that is left is which trace something belongs to. Safe for use by any thread; nothing here waits.
 */
public interface Spans {

  /** Which side of a piece of work a span shows. */
  enum Kind {
    /** Whoever hands it on, and waits for it. */
    PRODUCER,
    /** Whoever does it. */
    CONSUMER,
    /** Whoever only notes it. */
    INTERNAL
  }

  /** A part of a trace that has begun. Safe for use by any thread. */
  interface Span {

    /** Its place in the trace: the parent of what comes of it. */
    TraceContext context();

    /** Ends it; without effect if it has ended. */
    void end(String outcome);
  }

  /** Whether anything is recorded: spans that live long need not be kept otherwise. */
  boolean areRecorded();

  /** Where the calling thread is; empty if nothing is recorded of what it does. */
  Optional<TraceContext> current();

  /**
   * Begins a span.
   *
   * @param parent what it comes of; null for a trace of its own
   * @param tags what it is about
   */
  Span begin(String name, Kind kind, @Nullable TraceContext parent, Map<String, String> tags);
}
