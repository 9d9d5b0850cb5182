package io.p2pmining.service.tracing;

import io.p2pmining.common.trace.TraceContext;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Traces without a collector: a span is its parent's place, or the beginning of a trace.
 *
 * @param random gives the ids of traces; safe for use by any thread
 */
public record UnrecordedSpans(RandomGenerator random) implements Spans {

  @Override
  public boolean areRecorded() {
    return false;
  }

  @Override
  public Optional<TraceContext> current() {
    return Optional.empty();
  }

  @Override
  public Span begin(
      String name, Kind kind, @Nullable TraceContext parent, Map<String, String> tags) {
    return new Unrecorded(parent == null ? TraceContext.begin(random) : parent);
  }

  private record Unrecorded(TraceContext context) implements Span {

    @Override
    public void end(String outcome) {
      // Nobody is told.
    }
  }
}
