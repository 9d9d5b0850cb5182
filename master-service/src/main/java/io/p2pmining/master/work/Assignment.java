package io.p2pmining.master.work;

import io.p2pmining.common.trace.TraceContext;
import io.p2pmining.common.work.NonceRange;
import io.p2pmining.core.pow.Target;
import io.p2pmining.master.job.Job;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A unit, or what is left of it, as it is given to a worker.
 *
 * @param ref unit and lease
 * @param job what to search
 * @param range where to search
 * @param shareTarget what counts as a share under this lease
 * @param leaseTime how long the lease lives unless progress extends it
 * @param trace what the search belongs to; null if nobody wants to know
 */
public record Assignment(
    UnitRef ref,
    Job job,
    NonceRange range,
    Target shareTarget,
    Duration leaseTime,
    @Nullable TraceContext trace) {

  /** This assignment as a part of a trace. */
  public Assignment within(@Nullable TraceContext whole) {
    return new Assignment(ref, job, range, shareTarget, leaseTime, whole);
  }
}
