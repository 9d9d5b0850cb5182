package io.p2pmining.master.dispatch;

import io.p2pmining.common.work.Bytes;
import io.p2pmining.core.pow.PowAlgorithms;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.job.JobBoard;
import io.p2pmining.master.job.JobListener.Replacement;
import io.p2pmining.master.job.JobProgress;
import io.p2pmining.master.job.JobSource;
import io.p2pmining.master.job.JobState;
import io.p2pmining.master.job.JobView;
import io.p2pmining.master.store.Journal;
import io.p2pmining.master.verify.Verifier;
import io.p2pmining.master.work.CancelReason;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.UnitRef;
import io.p2pmining.master.work.WorkQueue;
import io.p2pmining.master.work.WorkUnit;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Takes up jobs, and ends them with their units. Owned by the dispatcher's thread. */
final class JobDesk {

  private final WorkQueue queue;
  private final JobBoard board;
  private final PowAlgorithms algorithms;
  private final Verifier verifier;
  private final Journal journal;
  private final WorkEvents events;
  private final WorkTraces traces;
  private final Clock clock;
  private final Redos redos;
  private final Function<String, Optional<JobSource>> sources;
  private final Cancellation cancellation;

  /** Tells a worker that a unit is not its own any more, together with what it is given instead. */
  interface Cancellation {
    void tell(PeerId peer, UnitRef unit, CancelReason reason);
  }

  JobDesk(
      WorkQueue queue,
      JobBoard board,
      PowAlgorithms algorithms,
      Verifier verifier,
      Journal journal,
      WorkEvents events,
      WorkTraces traces,
      Clock clock,
      Redos redos,
      Function<String, Optional<JobSource>> sources,
      Cancellation cancellation) {
    this.queue = queue;
    this.board = board;
    this.algorithms = algorithms;
    this.verifier = verifier;
    this.journal = journal;
    this.events = events;
    this.traces = traces;
    this.clock = clock;
    this.redos = redos;
    this.sources = sources;
    this.cancellation = cancellation;
  }

  /** A source has another job. */
  void take(Job arrived, Replacement replacement) {
    Job job = traces.begin(arrived);
    List<Job> current = board.current();
    List<Job> ended = board.put(job, replacement, clock.instant());
    for (Job former : current) {
      if (former.source().equals(job.source())) {
        queue.cancelPending(former.id(), clock.instant());
      }
    }
    cancelUnits(ended, CancelReason.OBSOLETE);
    record(job);
    events.jobArrived(job);
    prepareToVerify(job);
  }

  /** A client has posted a finite job. */
  void post(Job posted) {
    Job job = traces.begin(posted);
    board.post(job, clock.instant());
    record(job);
    events.jobArrived(job);
    prepareToVerify(job);
  }

  /** Ends a finite job; its units are taken back. */
  void end(Job job, JobState state) {
    cancelUnits(List.of(job), CancelReason.JOB_ENDED);
    board.end(job, state, clock.instant());
    board.find(job.id()).ifPresent(this::ended);
  }

  /** What was searched to its end is compared even now; of other jobs nobody wants more. */
  private void ended(JobView view) {
    events.jobEnded(view);
    JobProgress progress = view.progress();
    if (view.state() != JobState.COMPLETED || progress.searched() < progress.nonces()) {
      redos
          .dropAllOf(view.job())
          .forEach(
              second -> cancellation.tell(second.peer(), second.ref(), CancelReason.JOB_ENDED));
    }
  }

  /** Ends the finite jobs for which nothing is left to do, and answers whether there were any. */
  boolean endDue() {
    Map<Job, JobState> due = board.takeDue();
    due.forEach(this::end);
    return !due.isEmpty();
  }

  /** Takes a unit back; nobody searches the rest of it. */
  WorkUnit cancelUnit(WorkUnit unit) {
    WorkUnit cancelled =
        queue
            .cancel(unit.id(), clock.instant())
            .orElseThrow(() -> new IllegalStateException("ended meanwhile: " + unit));
    events.unitChanged(cancelled);
    PeerId peer = unit.peer();
    if (peer != null && unit.state().isLeased()) {
      cancellation.tell(peer, unit.ref(), CancelReason.JOB_ENDED);
    }
    return cancelled;
  }

  /** A source has nothing to offer any more. */
  void withdraw(String source, String reason) {
    cancelUnits(board.withdraw(source, reason, clock.instant()), CancelReason.JOB_ENDED);
    events.jobsWithdrawn(source, reason);
  }

  /** Another job over the same template, for when every nonce of one has been handed out. */
  Optional<Job> nextVariant(Job exhausted) {
    Optional<Job> variant =
        sources
            .apply(exhausted.source())
            .flatMap(source -> source.nextVariant(exhausted))
            .map(traces::begin);
    variant.ifPresent(
        job -> {
          cancelUnits(board.put(job, Replacement.REFRESH, clock.instant()), CancelReason.OBSOLETE);
          record(job);
          events.jobArrived(job);
        });
    return variant;
  }

  /** A job of an earlier process goes on as it was. */
  void goOn(Job job) {
    prepareToVerify(job);
  }

  /** Of a job of an earlier process only the units in hand are finished. */
  void finishUnitsInHand(Job job) {
    board.finishUnitsInHand(job);
    queue.cancelPending(job.id(), clock.instant());
    prepareToVerify(job);
  }

  /** A job of an earlier process is worthless now. */
  void endObsolete(Job job) {
    board.end(job, JobState.CANCELLED, clock.instant());
    cancelUnits(List.of(job), CancelReason.OBSOLETE);
  }

  private void record(Job job) {
    Bytes keepsake =
        sources.apply(job.source()).map(source -> source.keepsake(job)).orElse(Bytes.EMPTY);
    board.find(job.id()).ifPresent(view -> journal.jobArrived(view, keepsake));
  }

  private void prepareToVerify(Job job) {
    algorithms
        .find(job.algorithm())
        .ifPresent(
            algorithm -> {
              verifier.prepareAhead(algorithm, job.seedHash());
              if (!job.nextSeedHash().isEmpty()) {
                verifier.prepareAhead(algorithm, job.nextSeedHash());
              }
            });
  }

  private void cancelUnits(List<Job> jobs, CancelReason reason) {
    for (Job job : jobs) {
      for (WorkUnit unit : queue.cancelJob(job.id(), clock.instant())) {
        events.unitChanged(unit);
        PeerId peer = unit.peer();
        if (peer != null) {
          cancellation.tell(peer, unit.ref(), reason);
        }
      }
    }
  }
}
