package io.p2pmining.master.job;

import io.p2pmining.common.work.NonceRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the board knows of one job. Guarded by the board's lock. */
final class BoardEntry {

  final Job job;
  private final List<NonceRange> added = new ArrayList<>();
  private final Pace pace = new Pace();
  private JobState state = JobState.ACTIVE;
  private boolean current = true;
  private long cut;
  private long addedNonces;
  private long searchedOfEnded;
  private long searchedOfLive;
  private long failed;
  private long cancelled;
  private long shares;
  private @Nullable Instant endedAt;

  BoardEntry(Job job) {
    this.job = job;
  }

  /**
   * As an earlier process left it; what was searched of units that have not ended is told later.
   */
  static BoardEntry restored(JobView view) {
    BoardEntry entry = new BoardEntry(view.job());
    JobProgress progress = view.progress();
    entry.state = view.state();
    entry.current = view.current();
    entry.cut = view.noncesCut();
    entry.addedNonces = progress.nonces() - view.job().range().count();
    entry.searchedOfEnded = progress.searched();
    entry.failed = progress.failed();
    entry.cancelled = progress.cancelled();
    entry.shares = progress.shares();
    entry.endedAt = view.endedAt();
    return entry;
  }

  boolean isActive() {
    return state == JobState.ACTIVE;
  }

  boolean isCurrent() {
    return current;
  }

  boolean isFinite() {
    return job.finite() != null;
  }

  @Nullable Instant endedAt() {
    return endedAt;
  }

  /** No more units are cut from it. */
  void retire() {
    current = false;
  }

  void end(JobState end, Instant now) {
    state = end;
    current = false;
    endedAt = now;
  }

  long uncut() {
    return current ? job.range().count() - cut : 0;
  }

  NonceRange cut(long count) {
    NonceRange range = new NonceRange(job.range().start() + cut, count);
    cut += count;
    return range;
  }

  /** Ranges that were added by this process. */
  List<NonceRange> added() {
    return added;
  }

  void add(NonceRange range) {
    added.add(range);
    addedNonces += range.count();
  }

  void restoreSearched(long count) {
    searchedOfLive += count;
  }

  void started(Instant now) {
    pace.start(now);
  }

  void searched(long count, Instant now) {
    searchedOfLive += count;
    pace.add(count, now);
  }

  /** A unit that was cut from the job or added to it has ended. */
  void unitEnded(UnitEnd end, long searched, long left) {
    searchedOfLive -= searched;
    searchedOfEnded += searched;
    switch (end) {
      case COMPLETED -> {}
      case FAILED -> failed += left;
      case CANCELLED -> cancelled += left;
    }
  }

  void sharesFound(int count) {
    shares += count;
  }

  /** What an active finite job ends as now; null if it goes on. */
  @Nullable JobState due() {
    FiniteTerms terms = job.finite();
    if (terms == null || !isActive()) {
      return null;
    }
    if (terms.stopAfterShares() > 0 && shares >= terms.stopAfterShares()) {
      return JobState.COMPLETED;
    }
    if (searchedOfEnded + failed + cancelled < job.range().count() + addedNonces) {
      return null;
    }
    if (failed > 0) {
      return JobState.FAILED;
    }
    return searchedOfEnded > 0 ? JobState.COMPLETED : JobState.CANCELLED;
  }

  JobView view(@Nullable Instant now) {
    return view(
        searchedOfEnded + searchedOfLive, now == null || !isActive() ? 0 : pace.perSecond(now));
  }

  /** As it is to be stored. */
  JobView record() {
    return view(searchedOfEnded, 0);
  }

  private JobView view(long searched, double hashesPerSecond) {
    JobProgress progress =
        new JobProgress(
            job.range().count() + addedNonces,
            searched,
            failed,
            cancelled,
            shares,
            hashesPerSecond);
    return new JobView(job, state, current, cut, progress, endedAt);
  }
}
