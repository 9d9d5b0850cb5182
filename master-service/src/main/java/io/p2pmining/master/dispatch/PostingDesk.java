package io.p2pmining.master.dispatch;

import io.p2pmining.common.work.NonceRange;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.job.JobBoard;
import io.p2pmining.master.job.JobState;
import io.p2pmining.master.job.JobView;
import io.p2pmining.master.posting.Outcome;
import io.p2pmining.master.posting.Postings;
import io.p2pmining.master.posting.Receipt;
import io.p2pmining.master.store.Answer;
import io.p2pmining.master.work.UnitState;
import io.p2pmining.master.work.WorkQueue;
import io.p2pmining.master.work.WorkSettings;
import io.p2pmining.master.work.WorkUnit;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Does what clients ask for, on the dispatcher's thread, as one group with its answer. */
final class PostingDesk implements Postings {

  /** The ranges of a job are looked at one by one when another one is added. */
  private static final int MAX_ADDED_RANGES = 10_000;

  private final Supplier<WorkSettings> settings;
  private final WorkQueue queue;
  private final JobBoard board;
  private final JobDesk jobs;
  private final DurableWishes wishes;
  private final Clock clock;
  private final Runnable topUpAll;

  /**
   * @param topUpAll gives every worker that has too little what there is now
   */
  PostingDesk(
      Supplier<WorkSettings> settings,
      WorkQueue queue,
      JobBoard board,
      JobDesk jobs,
      DurableWishes wishes,
      Clock clock,
      Runnable topUpAll) {
    this.settings = settings;
    this.queue = queue;
    this.board = board;
    this.jobs = jobs;
    this.wishes = wishes;
    this.clock = clock;
    this.topUpAll = topUpAll;
  }

  @Override
  public CompletableFuture<Outcome<JobView>> post(Job job, Receipt<JobView> receipt) {
    return onceDurable(() -> putUp(job), receipt);
  }

  @Override
  public CompletableFuture<Outcome<WorkUnit>> postUnit(Job job, Receipt<WorkUnit> receipt) {
    return onceDurable(
        () ->
            fullUnits()
                .<Outcome<WorkUnit>>map(Outcome.Full::new)
                .orElseGet(() -> putUp(job).map(view -> cutWhole(view.job()))),
        receipt);
  }

  private Outcome<JobView> putUp(Job job) {
    int most = settings.get().postedJobs();
    if (board.finiteCount() >= most) {
      return new Outcome.Full<>(
          most
              + " posted jobs are active: wait for one to end, cancel one, or raise"
              + " p2pmine.master.work.posted-jobs");
    }
    jobs.post(job);
    return new Outcome.Done<>(view(job.id()));
  }

  private WorkUnit cutWhole(Job job) {
    return queue.add(job.id(), board.cut(job, job.range().count()), clock.instant());
  }

  @Override
  public CompletableFuture<Outcome<WorkUnit>> addUnit(
      String jobId, NonceRange range, Receipt<WorkUnit> receipt) {
    return onceDurable(() -> add(jobId, range), receipt);
  }

  private Outcome<WorkUnit> add(String jobId, NonceRange range) {
    Optional<JobView> found = board.find(jobId);
    if (found.isEmpty()) {
      return new Outcome.Unknown<>("job", jobId);
    }
    Job job = found.get().job();
    if (job.finite() == null) {
      return new Outcome.Conflict<>(
          "job " + jobId + " comes from the source " + job.source() + ", which cuts it itself");
    }
    if (found.get().state() != JobState.ACTIVE) {
      return new Outcome.Conflict<>("job " + jobId + " is " + found.get().state());
    }
    if (board.covers(job, range)) {
      return new Outcome.Conflict<>("some of these nonces belong to job " + jobId + " already");
    }
    if (board.addedRanges(job) >= MAX_ADDED_RANGES) {
      return new Outcome.Conflict<>(
          "job " + jobId + " has " + MAX_ADDED_RANGES + " ranges: post another job");
    }
    Optional<String> full = fullUnits();
    if (full.isPresent()) {
      return new Outcome.Full<>(full.get());
    }
    board.add(job, range);
    return new Outcome.Done<>(queue.add(jobId, range, clock.instant()));
  }

  /** Why no more units are taken; empty if there is room. */
  private Optional<String> fullUnits() {
    int most = settings.get().postedUnits();
    return queue.countByState().getOrDefault(UnitState.PENDING, 0L) < most
        ? Optional.empty()
        : Optional.of(
            most
                + " units wait for workers: wait, cancel some, or raise"
                + " p2pmine.master.work.posted-units");
  }

  @Override
  public CompletableFuture<Outcome<JobView>> cancelJob(String id) {
    return onceDurable(() -> cancel(id), Receipt.none());
  }

  private Outcome<JobView> cancel(String id) {
    Optional<JobView> found = board.find(id);
    if (found.isEmpty()) {
      return new Outcome.Unknown<>("job", id);
    }
    Job job = found.get().job();
    if (job.finite() == null) {
      return new Outcome.Conflict<>(
          "job " + id + " comes from the source " + job.source() + " and ends with it");
    }
    return switch (found.get().state()) {
      case ACTIVE -> {
        jobs.end(job, JobState.CANCELLED);
        yield new Outcome.Done<>(view(id));
      }
      case CANCELLED -> new Outcome.Done<>(found.get());
      case COMPLETED, FAILED -> new Outcome.Conflict<>("job " + id + " is " + found.get().state());
    };
  }

  @Override
  public CompletableFuture<Outcome<WorkUnit>> cancelUnit(long id) {
    return onceDurable(
        () ->
            queue
                .find(id)
                .<Outcome<WorkUnit>>map(unit -> new Outcome.Done<>(jobs.cancelUnit(unit)))
                .orElseGet(() -> new Outcome.Unknown<>("work unit", Long.toUnsignedString(id))),
        Receipt.none());
  }

  @Override
  public CompletableFuture<Outcome<Answer>> remember(Answer answer) {
    return wishes.fulfil(() -> new Outcome.Done<>(answer), Optional::of, () -> {});
  }

  private JobView view(String id) {
    return board.find(id, clock.instant()).orElseThrow();
  }

  private <T> CompletableFuture<Outcome<T>> onceDurable(
      Supplier<Outcome<T>> wish, Receipt<T> receipt) {
    return wishes.fulfil(wish, receipt, topUpAll);
  }
}
