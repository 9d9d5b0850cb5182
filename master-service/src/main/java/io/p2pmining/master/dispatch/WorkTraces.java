package io.p2pmining.master.dispatch;

import static io.p2pmining.common.log.LogThrottle.notShown;

import io.p2pmining.common.log.LogThrottle;
import io.p2pmining.common.trace.TraceContext;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.job.JobBoard;
import io.p2pmining.master.job.JobView;
import io.p2pmining.master.share.Share;
import io.p2pmining.master.work.Assignment;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.Rejection;
import io.p2pmining.master.work.UnitRef;
import io.p2pmining.master.work.WorkUnit;
import io.p2pmining.service.tracing.Spans;
import io.p2pmining.service.tracing.TraceScope;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows work from the request that made it to its results: begins the traces of jobs that came
 * without a request, says in the log what becomes of a job as a part of its trace, and shows each
 * lease as a span where spans are recorded. Owned by the dispatcher's thread.
 *
 * <p>Of posted jobs a few lines of each kind are written at INFO, of those of sources, which come
 * all day, at DEBUG. Whoever asks for DEBUG gets every line. No share has a span of its own.
 */
public final class WorkTraces implements WorkEvents {

  private static final Logger LOG = LoggerFactory.getLogger("io.p2pmining.master.Work");

  /** As many jobs as a client posts by hand. */
  private static final int JOB_LINES = 10;

  private static final Duration JOB_WINDOW = Duration.ofSeconds(10);

  /** Enough to see that it goes on, and where. */
  private static final int RESULT_LINES = 5;

  private static final Duration RESULT_WINDOW = Duration.ofMinutes(1);

  /** Spans of leases that have not ended; the oldest is given up past this: 16 MiB at most. */
  private static final int MAX_OPEN = 10_000;

  private static final String JOB_ID = "p2pmine.job";
  private static final String UNIT_ID = "p2pmine.unit";
  private static final String PEER_ID = "p2pmine.peer";
  private static final String SOURCE = "p2pmine.source";

  private final Spans spans;
  private final JobBoard board;
  private final LogThrottle jobLines;
  private final LogThrottle assignLines;
  private final LogThrottle unitLines;
  private final LogThrottle shareLines;
  private final Map<UnitRef, Spans.Span> open = new Bounded<>(MAX_OPEN);

  /**
   * Traces of the jobs of a board.
   *
   * @param spans shows them where they are recorded
   */
  public WorkTraces(Spans spans, JobBoard board, InstantSource clock) {
    this.spans = spans;
    this.board = board;
    jobLines = new LogThrottle(JOB_LINES, JOB_WINDOW, clock);
    assignLines = new LogThrottle(RESULT_LINES, RESULT_WINDOW, clock);
    unitLines = new LogThrottle(RESULT_LINES, RESULT_WINDOW, clock);
    shareLines = new LogThrottle(RESULT_LINES, RESULT_WINDOW, clock);
  }

  /** The job as a part of the trace of its request, or of one of its own. */
  Job begin(Job job) {
    Spans.Span span =
        spans.begin(
            "job",
            Spans.Kind.INTERNAL,
            job.trace(),
            Map.of(JOB_ID, job.id(), SOURCE, job.source()));
    span.end("arrived");
    return job.within(span.context());
  }

  /** A worker is told of an assignment, which this makes a part of the job's trace. */
  Assignment assigned(PeerId peer, Assignment assignment) {
    Job job = assignment.job();
    UnitRef ref = assignment.ref();
    TraceContext trace = traceOf(peer, assignment);
    write(
        assignLines,
        job,
        trace,
        "Unit {} of job {} is assigned to worker {}",
        () -> words(unsigned(ref.unitId()), job.id(), peer));
    return assignment.within(trace);
  }

  private @Nullable TraceContext traceOf(PeerId peer, Assignment assignment) {
    Job job = assignment.job();
    if (job.trace() == null || !spans.areRecorded()) {
      return job.trace();
    }
    UnitRef ref = assignment.ref();
    Spans.Span span =
        spans.begin(
            "unit",
            Spans.Kind.PRODUCER,
            job.trace(),
            Map.of(JOB_ID, job.id(), UNIT_ID, unsigned(ref.unitId()), PEER_ID, peer.toString()));
    open.put(ref, span);
    return span.context();
  }

  @Override
  public void jobArrived(Job job) {
    write(
        jobLines,
        job,
        job.trace(),
        "Job {} of source {}: {}",
        () -> words(job.id(), job.source(), job.algorithm()));
  }

  @Override
  public void jobEnded(JobView view) {
    write(
        jobLines,
        view.job(),
        view.job().trace(),
        "Job {} is {}, shares: {}",
        () -> words(view.job().id(), word(view.state()), view.progress().shares()));
  }

  @Override
  public void unitChanged(WorkUnit unit) {
    if (unit.state().isLeased()) {
      return;
    }
    Spans.Span span = open.remove(unit.ref());
    if (span != null) {
      span.end(word(unit.state()));
    }
    board
        .job(unit.jobId())
        .ifPresent(
            job ->
                write(
                    unitLines,
                    job,
                    span == null ? job.trace() : span.context(),
                    "Unit {} of job {} is {}, worker {}",
                    () ->
                        words(unsigned(unit.id()), unit.jobId(), word(unit.state()), unit.peer())));
  }

  @Override
  public void shareAccepted(Share share) {
    writeOfShare(
        share.jobId(),
        "Share {} of job {} is accepted, worker {}",
        () -> words(unsigned(share.id()), share.jobId(), share.peer()));
  }

  @Override
  public void shareRejected(PeerId peer, String jobId, Rejection reason) {
    writeOfShare(
        jobId,
        "A share of job {} is rejected, {}: worker {}",
        () -> words(jobId, word(reason), peer));
  }

  private void writeOfShare(String jobId, String line, Supplier<@Nullable Object[]> words) {
    board.job(jobId).ifPresent(job -> write(shareLines, job, job.trace(), line, words));
  }

  private static @Nullable Object[] words(@Nullable Object... words) {
    return words;
  }

  private static String unsigned(long id) {
    return Long.toUnsignedString(id);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /**
   * @param words for the places in the line; asked for only if the line is written
   */
  private static void write(
      LogThrottle throttle,
      Job job,
      @Nullable TraceContext trace,
      String line,
      Supplier<@Nullable Object[]> words) {
    if (LOG.isDebugEnabled()) {
      TraceScope.within(trace, () -> LOG.debug(line, words.get()));
    } else if (job.finite() != null) {
      throttle.log(
          hidden -> TraceScope.within(trace, () -> LOG.info(line + notShown(hidden), words.get())));
    }
  }
}
