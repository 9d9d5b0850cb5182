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
import org.jspecify.annotations.Nullable;

/**
 * The jobs of every source: the current one, from which units are cut, and the older ones as far
 * back as they are remembered. Guarded by its own lock.
 */
public final class JobBoard {

  private final int history;
  private final JobLog log;
  private final Map<String, Entry> byId = new LinkedHashMap<>();
  private final Map<String, Entry> currentBySource = new LinkedHashMap<>();
  private final Map<String, String> withdrawn = new LinkedHashMap<>();

  /** A board that remembers up to {@code history} jobs and tells a log of what becomes of them. */
  public JobBoard(int history, JobLog log) {
    this.history = history;
    this.log = log;
  }

  /** Takes up what an earlier process left, oldest first; the log is not told of it. */
  public synchronized void restore(List<JobView> views) {
    for (JobView view : views) {
      Entry entry = new Entry(view.job());
      entry.state = view.state();
      entry.current = view.current();
      entry.cut = view.noncesCut();
      entry.endedAt = view.endedAt();
      byId.put(view.job().id(), entry);
      if (view.current()) {
        currentBySource.put(view.job().source(), entry);
      }
    }
  }

  /** The jobs of a source whose shares count, oldest first. */
  public synchronized List<Job> active(String source) {
    return byId.values().stream()
        .filter(entry -> entry.state == JobState.ACTIVE && entry.job.source().equals(source))
        .map(entry -> entry.job)
        .toList();
  }

  /** The sources of the jobs whose shares count. */
  public synchronized Set<String> activeSources() {
    Set<String> sources = new LinkedHashSet<>();
    for (Entry entry : byId.values()) {
      if (entry.state == JobState.ACTIVE) {
        sources.add(entry.job.source());
      }
    }
    return sources;
  }

  /** Lets no more units be cut from a job; its shares still count. */
  public synchronized void finishUnitsInHand(Job job) {
    Entry entry = byId.get(job.id());
    if (entry != null && entry.current) {
      entry.current = false;
      currentBySource.remove(job.source(), entry);
      log.jobChanged(entry.view());
    }
  }

  /** Ends one job that has not ended. */
  public synchronized void end(Job job, JobState state, Instant now) {
    Entry entry = byId.get(job.id());
    if (entry != null && entry.state == JobState.ACTIVE) {
      currentBySource.remove(job.source(), entry);
      entry.end(state, now);
      log.jobChanged(entry.view());
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
    Entry former = currentBySource.remove(job.source());
    if (former != null) {
      former.current = false;
      log.jobChanged(former.view());
    }
    if (replacement == JobListener.Replacement.NEW_TIP) {
      ended.addAll(endAll(job.source(), JobState.CANCELLED, now));
    }
    Entry entry = new Entry(job);
    byId.put(job.id(), entry);
    currentBySource.put(job.source(), entry);
    withdrawn.remove(job.source());
    log.jobChanged(entry.view());
    ended.addAll(forgetOldest(now));
    return ended;
  }

  /** Ends every job of a source that has nothing to offer any more, and returns them. */
  public synchronized List<Job> withdraw(String source, String reason, Instant now) {
    currentBySource.remove(source);
    withdrawn.put(source, reason);
    return endAll(source, JobState.CANCELLED, now);
  }

  /** The jobs that units are cut from, one of each source. */
  public synchronized List<Job> current() {
    return currentBySource.values().stream().map(entry -> entry.job).toList();
  }

  /** Whether new units are cut from the job of this id. */
  public synchronized boolean isCurrent(String id) {
    Entry entry = byId.get(id);
    return entry != null && entry.current;
  }

  /** Why the sources that withdrew their jobs did so, by source. */
  public synchronized Map<String, String> withdrawals() {
    return Map.copyOf(withdrawn);
  }

  /** How many nonces of the job have not been cut. */
  public synchronized long uncut(Job job) {
    Entry entry = byId.get(job.id());
    return entry == null || !entry.current ? 0 : job.range().count() - entry.cut;
  }

  /** Cuts the next {@code count} nonces; there must be that many. */
  public synchronized NonceRange cut(Job job, long count) {
    Entry entry = byId.get(job.id());
    if (entry == null) {
      throw new IllegalStateException("no such job: id=" + job.id());
    }
    NonceRange range = new NonceRange(job.range().start() + entry.cut, count);
    entry.cut += count;
    log.jobChanged(entry.view());
    return range;
  }

  /** The job of this id, if it is remembered. */
  public synchronized Optional<JobView> find(String id) {
    return Optional.ofNullable(byId.get(id)).map(Entry::view);
  }

  /**
   * Whether shares of a job still count: it is active, or ended no longer than {@code grace} ago.
   */
  public synchronized boolean credits(String id, Duration grace, Instant now) {
    Entry entry = byId.get(id);
    if (entry == null) {
      return false;
    }
    Instant endedAt = entry.endedAt;
    return endedAt == null || !endedAt.plus(grace).isBefore(now);
  }

  /** The remembered jobs, newest first. */
  public synchronized List<JobView> list() {
    List<JobView> views = new ArrayList<>();
    byId.values().forEach(entry -> views.addFirst(entry.view()));
    return views;
  }

  private List<Job> endAll(String source, JobState state, Instant now) {
    List<Job> ended = new ArrayList<>();
    for (Entry entry : byId.values()) {
      if (entry.job.source().equals(source) && entry.state == JobState.ACTIVE) {
        entry.end(state, now);
        log.jobChanged(entry.view());
        ended.add(entry.job);
      }
    }
    return ended;
  }

  private List<Job> forgetOldest(Instant now) {
    List<Job> active = new ArrayList<>();
    Iterator<Entry> oldestFirst = byId.values().iterator();
    while (byId.size() > history && oldestFirst.hasNext()) {
      Entry entry = oldestFirst.next();
      if (!entry.current) {
        oldestFirst.remove();
        if (entry.state == JobState.ACTIVE) {
          entry.end(JobState.CANCELLED, now);
          log.jobChanged(entry.view());
          active.add(entry.job);
        }
      }
    }
    return active;
  }

  private static final class Entry {

    private final Job job;
    private JobState state = JobState.ACTIVE;
    private boolean current = true;
    private long cut;
    private @Nullable Instant endedAt;

    Entry(Job job) {
      this.job = job;
    }

    void end(JobState end, Instant now) {
      state = end;
      current = false;
      endedAt = now;
    }

    JobView view() {
      return new JobView(job, state, current, cut, endedAt);
    }
  }
}
