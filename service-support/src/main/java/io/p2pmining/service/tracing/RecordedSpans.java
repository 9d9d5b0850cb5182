package io.p2pmining.service.tracing;

import io.micrometer.tracing.Tracer;
import io.p2pmining.common.trace.TraceContext;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Spans of Micrometer's tracer, which exports those of sampled traces. A span that is not sampled
 * has a place in the trace like any other.
 */
record RecordedSpans(Tracer tracer) implements Spans {

  private static final String OUTCOME = "outcome";

  @Override
  public boolean areRecorded() {
    return true;
  }

  @Override
  public Optional<TraceContext> current() {
    return Optional.ofNullable(tracer.currentSpan()).map(span -> contextOf(span.context()));
  }

  @Override
  public Span begin(
      String name, Kind kind, @Nullable TraceContext parent, Map<String, String> tags) {
    io.micrometer.tracing.Span.Builder builder = tracer.spanBuilder().name(name);
    switch (kind) {
      case PRODUCER -> builder.kind(io.micrometer.tracing.Span.Kind.PRODUCER);
      case CONSUMER -> builder.kind(io.micrometer.tracing.Span.Kind.CONSUMER);
      case INTERNAL -> {
        // What a span is unless something else is said.
      }
    }
    if (parent == null) {
      builder.setNoParent();
    } else {
      builder.setParent(
          tracer
              .traceContextBuilder()
              .traceId(parent.traceId())
              .spanId(parent.spanId())
              .sampled(parent.sampled())
              .build());
    }
    tags.forEach(builder::tag);
    io.micrometer.tracing.Span span = builder.start();
    return new Recorded(span, contextOf(span.context()));
  }

  private static TraceContext contextOf(io.micrometer.tracing.TraceContext context) {
    return new TraceContext(
        context.traceId(), context.spanId(), Boolean.TRUE.equals(context.sampled()));
  }

  private record Recorded(io.micrometer.tracing.Span span, TraceContext context) implements Span {

    @Override
    public void end(String outcome) {
      span.tag(OUTCOME, outcome);
      span.end();
    }
  }
}
