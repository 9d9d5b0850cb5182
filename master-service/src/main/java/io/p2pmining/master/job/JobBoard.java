package io.p2pmining.master.job;

import io.p2pmining.common.work.NonceRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;

/**
 * The jobs of every source: those from which units are cut, one of each source and every finite
 * job, and the older ones as far back as they are remembered. Guarded by its own lock.
 */
public final class JobBoard {

  private final IntSupplier history;
  private final JobLog log;
  private final Map<String, BoardEntry> byId = new LinkedHashMap<>();
  private final Map<String, BoardEntry> currentBySource = new LinkedHashMap<>();
  private final Map<String, BoardEntry> finite = new LinkedHashMap<>();
  private final Set<String> due = new LinkedHashSet<>();
  private final Map<String, String> withdrawn = new LinkedHashMap<>();

  /**
   * A board.
   *
   * @param history how many jobs it remembers; asked each time one more comes
   * @param log hears what becomes of them
   */
  public JobBoard(IntSupplier history, JobLog log) {
    this.history = history;
    this.log = log;
  }

  /**
   * Takes up what an earlier process left, oldest first; the log is not told of it. {@link
   * #restoreSearched} is to tell of the units that have not ended.
   */
  public synchronized void restore(List<JobView> views) {
    for (JobView view : views) {
      BoardEntry entry = BoardEntry.restored(view);
      byId.put(view.job().id(), entry);
      if (view.current()) {
        (entry.isFinite() ? finite : currentBySource).put(nameOf(entry), entry);
      }
    }
  }

  private static String nameOf(BoardEntry entry) {
    return entry.isFinite() ? entry.job.id() : entry.job.source();
  }

  /** The jobs of a source whose shares count, oldest first. */
  public synchronized List<Job> active(String source) {
    return byId.values().stream()
        .filter(entry -> entry.isActive() && entry.job.source().equals(source))
        .map(entry -> entry.job)
        .toList();
  }

  /** The sources of the jobs whose shares count. */
  public synchronized Set<String> activeSources() {
    Set<String> sources = new LinkedHashSet<>();
    for (BoardEntry entry : byId.values()) {
      if (entry.isActive()) {
        sources.add(entry.job.source());
      }
    }
    return sources;
  }

  /** Lets no more units be cut from a job; its shares still count. */
  public synchronized void finishUnitsInHand(Job job) {
    BoardEntry entry = byId.get(job.id());
    if (entry != null && entry.isCurrent()) {
      entry.retire();
      currentBySource.remove(job.source(), entry);
      log.jobChanged(entry.record());
    }
  }

  /** Ends one job that has not ended. */
  public synchronized void end(Job job, JobState state, Instant now) {
    BoardEntry entry = byId.get(job.id());
    if (entry != null && entry.isActive()) {
      currentBySource.remove(job.source(), entry);
      finite.remove(job.id());
      entry.end(state, now);
      log.jobChanged(entry.record());
    }
  }

  /**
   * Puts up a job in place of the source's current one.
   *
   * @return the jobs that ended by this: with a new tip the source's older ones, and always those
   *     too old to be remembered
   */
  public synchronized List<Job> put(Job job, JobListener.Replacement replacement, Instant now) {
    List<Job> ended = new ArrayList<>();
    BoardEntry former = currentBySource.remove(job.source());
    if (former != null) {
      former.retire();
      log.jobChanged(former.record());
    }
    if (replacement == JobListener.Replacement.NEW_TIP) {
      ended.addAll(endAll(job.source(), JobState.CANCELLED, now));
    }
    BoardEntry entry = new BoardEntry(job);
    byId.put(job.id(), entry);
    currentBySource.put(job.source(), entry);
    withdrawn.remove(job.source());
    log.jobChanged(entry.record());
    ended.addAll(forgetOldest(now));
    return ended;
  }

  /** Ends every job of a source that has nothing to offer any more, and returns them. */
  public synchronized List<Job> withdraw(String source, String reason, Instant now) {
    currentBySource.remove(source);
    withdrawn.put(source, reason);
    return endAll(source, JobState.CANCELLED, now);
  }

  /** Puts up a finite job, beside all others. */
  public synchronized void post(Job job, Instant now) {
    BoardEntry entry = new BoardEntry(job);
    byId.put(job.id(), entry);
    finite.put(job.id(), entry);
    log.jobChanged(entry.record());
    forgetOldest(now);
  }

  /** How many finite jobs are active. */
  public synchronized int finiteCount() {
    return finite.size();
  }

  /** The jobs that units are cut from. */
  public synchronized List<Job> current() {
    List<Job> jobs = new ArrayList<>();
    currentBySource.values().forEach(entry -> jobs.add(entry.job));
    finite.values().forEach(entry -> jobs.add(entry.job));
    return jobs;
  }

  /** Whether new units are cut from the job of this id. */
  public synchronized boolean isCurrent(String id) {
    BoardEntry entry = byId.get(id);
    return entry != null && entry.isCurrent();
  }

  /** Why the sources that withdrew their jobs did so, by source. */
  public synchronized Map<String, String> withdrawals() {
    return Map.copyOf(withdrawn);
  }

  /** How many nonces of the job have not been cut. */
  public synchronized long uncut(Job job) {
    BoardEntry entry = byId.get(job.id());
    return entry == null ? 0 : entry.uncut();
  }

  /** Cuts the next {@code count} nonces; there must be that many. */
  public synchronized NonceRange cut(Job job, long count) {
    BoardEntry entry = known(job);
    NonceRange range = entry.cut(count);
    log.jobChanged(entry.record());
    return range;
  }

  /** Whether nonces are a finite job's own already, or were added to it by this process. */
  public synchronized boolean covers(Job job, NonceRange range) {
    BoardEntry entry = known(job);
    return overlap(job.range(), range)
        || entry.added().stream().anyMatch(other -> overlap(other, range));
  }

  private static boolean overlap(NonceRange one, NonceRange other) {
    return one.start() < other.end() && other.start() < one.end();
  }

  /** How many ranges were added to a job by this process. */
  public synchronized int addedRanges(Job job) {
    return known(job).added().size();
  }

  /** Adds nonces to a finite job, which a unit of their own stands for. */
  public synchronized void add(Job job, NonceRange range) {
    BoardEntry entry = known(job);
    entry.add(range);
    log.jobChanged(entry.record());
  }

  private BoardEntry known(Job job) {
    BoardEntry entry = byId.get(job.id());
    if (entry == null) {
      throw new IllegalStateException("no such job: id=" + job.id());
    }
    return entry;
  }

  // ---------------------------------------------------------------- how far jobs are

  /** Takes up what was searched of a unit that an earlier process left and that has not ended. */
  public synchronized void restoreSearched(String id, long count) {
    BoardEntry entry = byId.get(id);
    if (entry != null) {
      entry.restoreSearched(count);
    }
  }

  /** A unit of a job was given to a worker. */
  public synchronized void started(String id, Instant now) {
    BoardEntry entry = byId.get(id);
    if (entry != null) {
      entry.started(now);
    }
  }

  /** Nonces of a unit that has not ended were searched. */
  public synchronized void searched(String id, long count, Instant now) {
    BoardEntry entry = byId.get(id);
    if (entry != null) {
      entry.searched(count, now);
    }
  }

  /**
   * A unit of a job has ended.
   *
   * @param searched how many of its nonces were searched, all of which {@link #searched} has told
   * @param left how many were not
   */
  public synchronized void unitEnded(String id, UnitEnd end, long searched, long left) {
    BoardEntry entry = byId.get(id);
    if (entry != null) {
      entry.unitEnded(end, searched, left);
      log.jobChanged(entry.record());
      noteIfDue(entry);
    }
  }

  /** Shares of a job were credited, or taken back. */
  public synchronized void sharesFound(String id, int count) {
    BoardEntry entry = byId.get(id);
    if (entry != null) {
      entry.sharesFound(count);
      log.jobChanged(entry.record());
      noteIfDue(entry);
    }
  }

  private void noteIfDue(BoardEntry entry) {
    if (entry.due() != null) {
      due.add(entry.job.id());
    }
  }

  /** The finite jobs that are to be ended now, and as what; each is named once. */
  public synchronized Map<Job, JobState> takeDue() {
    if (due.isEmpty()) {
      return Map.of();
    }
    Map<Job, JobState> ending = new LinkedHashMap<>();
    for (String id : due) {
      BoardEntry entry = byId.get(id);
      JobState state = entry == null ? null : entry.due();
      if (entry != null && state != null) {
        ending.put(entry.job, state);
      }
    }
    due.clear();
    return ending;
  }

  // ---------------------------------------------------------------- what there is

  /** The job of this id, if it is remembered. */
  public synchronized Optional<Job> job(String id) {
    return Optional.ofNullable(byId.get(id)).map(entry -> entry.job);
  }

  /** How far the job of this id is, if it is remembered, at no known rate. */
  public synchronized Optional<JobView> find(String id) {
    return Optional.ofNullable(byId.get(id)).map(entry -> entry.view(null));
  }

  /** The same with the rate at which it is searched. */
  public synchronized Optional<JobView> find(String id, Instant now) {
    return Optional.ofNullable(byId.get(id)).map(entry -> entry.view(now));
  }

  /**
   * Whether shares of a job still count: it is active, or ended no longer than {@code grace} ago.
   */
  public synchronized boolean credits(String id, Duration grace, Instant now) {
    BoardEntry entry = byId.get(id);
    if (entry == null) {
      return false;
    }
    Instant endedAt = entry.endedAt();
    return endedAt == null || !endedAt.plus(grace).isBefore(now);
  }

  /** The remembered jobs, newest first. */
  public synchronized List<JobView> list() {
    List<JobView> views = new ArrayList<>();
    byId.values().forEach(entry -> views.addFirst(entry.view(null)));
    return views;
  }

  private List<Job> endAll(String source, JobState state, Instant now) {
    List<Job> ended = new ArrayList<>();
    for (BoardEntry entry : byId.values()) {
      if (entry.job.source().equals(source) && entry.isActive()) {
        entry.end(state, now);
        log.jobChanged(entry.record());
        ended.add(entry.job);
      }
    }
    return ended;
  }

  private List<Job> forgetOldest(Instant now) {
    List<Job> active = new ArrayList<>();
    int most = history.getAsInt();
    Iterator<BoardEntry> oldestFirst = byId.values().iterator();
    while (byId.size() > most && oldestFirst.hasNext()) {
      BoardEntry entry = oldestFirst.next();
      if (!entry.isCurrent()) {
        oldestFirst.remove();
        if (entry.isActive()) {
          entry.end(JobState.CANCELLED, now);
          log.jobChanged(entry.record());
          active.add(entry.job);
        }
      }
    }
    return active;
  }
}
