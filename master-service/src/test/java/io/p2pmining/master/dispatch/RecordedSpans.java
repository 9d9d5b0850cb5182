package io.p2pmining.master.dispatch;

import io.p2pmining.common.trace.TraceContext;
import io.p2pmining.service.tracing.Spans;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Remembers which spans were begun and how they ended. */
final class RecordedSpans implements Spans {

  final Map<String, @Nullable TraceContext> parents = new HashMap<>();
  final List<String> ended = new ArrayList<>();
  private final Random random = new Random(1);

  @Override
  public boolean areRecorded() {
    return true;
  }

  @Override
  public Optional<TraceContext> current() {
    return Optional.empty();
  }

  @Override
  public Span begin(
      String name, Kind kind, @Nullable TraceContext parent, Map<String, String> tags) {
    parents.put(name, parent);
    TraceContext context = parent == null ? TraceContext.begin(random) : parent.next(random);
    return new Span() {
      @Override
      public TraceContext context() {
        return context;
      }

      @Override
      public void end(String outcome) {
        ended.add(name + " " + outcome);
      }
    };
  }
}
