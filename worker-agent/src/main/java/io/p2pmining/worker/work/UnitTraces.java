package io.p2pmining.worker.work;

import io.p2pmining.common.log.LogThrottle;
import io.p2pmining.common.trace.TraceContext;
import io.p2pmining.common.wire.v1.WorkJob;
import io.p2pmining.service.tracing.Spans;
import io.p2pmining.service.tracing.TraceScope;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * To which traces the units in hand belong, and those of a moment ago, whose shares are still to be
 * judged: says in the log what is searched, and shows each search as a span where spans are
 * recorded. Guarded by the desk's lock.
 *
 * <p>The jobs of a chain come all day: an operator reads at INFO of the others only, once for each.
 */
final class UnitTraces {

  private static final Logger LOG = LoggerFactory.getLogger("io.p2pmining.worker.Work");
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int LINES = 5;

  /** Several times the units in hand. */
  private static final int MAX_REMEMBERED = 8 * UnitBook.MAX_IN_HAND;

  private final Spans spans;
  private final LogThrottle jobLines;
  private final Map<UnitRef, Spans.Span> remembered =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UnitRef, Spans.Span> eldest) {
          return size() > MAX_REMEMBERED;
        }
      };
  private String lastJobId = "";

  UnitTraces(Spans spans, InstantSource clock) {
    this.spans = spans;
    this.jobLines = new LogThrottle(LINES, WINDOW, clock);
  }

  /** A unit is searched from now on, or once those before it are. */
  void began(LeasedUnit unit) {
    UnitRef ref = unit.ref();
    TraceContext.parse(unit.assigned().getTraceparent())
        .ifPresent(master -> remembered.put(ref, begin(unit, master)));
    within(ref, () -> log(unit));
    lastJobId = unit.jobId();
  }

  private Spans.Span begin(LeasedUnit unit, TraceContext master) {
    return spans.begin(
        "search",
        Spans.Kind.CONSUMER,
        master,
        Map.of("p2pmine.job", unit.jobId(), "p2pmine.unit", idOf(unit.ref())));
  }

  private void log(LeasedUnit unit) {
    LOG.debug("Searching unit {} of job {}", idOf(unit.ref()), unit.jobId());
    WorkJob job = unit.assigned().getJob();
    if (job.getHeight() == 0 && !unit.jobId().equals(lastJobId)) {
      jobLines.log(
          hidden ->
              LOG.info(
                  "Searching job {} from unit {} on{}",
                  unit.jobId(),
                  idOf(unit.ref()),
                  WorkLog.more(hidden)));
    }
  }

  /** A unit is not searched any more. */
  void ended(UnitRef ref, String outcome) {
    Spans.Span span = remembered.get(ref);
    if (span != null) {
      span.end(outcome);
    }
    within(ref, () -> LOG.debug("Unit {} is {}", idOf(ref), outcome));
  }

  /** Does something, such as writing a line, as a part of the trace of a unit, if that has one. */
  void within(UnitRef ref, Runnable action) {
    TraceScope.within(traceOf(ref), action);
  }

  private @Nullable TraceContext traceOf(UnitRef ref) {
    return Optional.ofNullable(remembered.get(ref)).map(Spans.Span::context).orElse(null);
  }

  private static String idOf(UnitRef ref) {
    return Long.toUnsignedString(ref.unitId());
  }
}
