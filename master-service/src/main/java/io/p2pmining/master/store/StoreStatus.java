package io.p2pmining.master.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How the database keeps up. Safe for use by any thread. */
public final class StoreStatus {

  /** A commit that takes longer delays every acknowledgement noticeably. */
  public static final Duration SLOW = Duration.ofSeconds(1);

  /** For so long after a slow commit the database still counts as slow. */
  private static final Duration REMEMBERED = Duration.ofSeconds(5);

  private final InstantSource clock;
  private volatile Consumer<Duration> listener = took -> {};

  // Guarded by this.
  private @Nullable Instant writingSince;
  private @Nullable Instant failingSince;
  private String failure = "";
  private @Nullable Instant slowAt;
  private Duration slowest = Duration.ZERO;
  private long commits;
  private long failures;
  private Duration busy = Duration.ZERO;

  public StoreStatus(InstantSource clock) {
    this.clock = clock;
  }

  /** From now on tells {@code committed}, on the committer's thread, how long each commit took. */
  public void listen(Consumer<Duration> committed) {
    listener = committed;
  }

  synchronized void writing() {
    writingSince = clock.instant();
  }

  void written() {
    listener.accept(noteWritten());
  }

  private synchronized Duration noteWritten() {
    Instant now = clock.instant();
    Instant since = writingSince;
    Duration took = since == null ? Duration.ZERO : Duration.between(since, now);
    commits++;
    busy = busy.plus(took);
    if (took.compareTo(SLOW) > 0) {
      slowAt = now;
      slowest = took;
    }
    writingSince = null;
    failingSince = null;
    failure = "";
    return took;
  }

  synchronized void failed(String reason) {
    failures++;
    if (failingSince == null) {
      failingSince = clock.instant();
    }
    failure = reason;
    writingSince = null;
  }

  /** Whether writing fails now. */
  public synchronized boolean isFailing() {
    return failingSince != null;
  }

  /** What is wrong with the database, in one sentence for an operator; empty if nothing is. */
  public synchronized String trouble() {
    Instant now = clock.instant();
    Instant failing = failingSince;
    if (failing != null) {
      return failure
          + " (for "
          + Duration.between(failing, now).toSeconds()
          + " s; nothing is acknowledged until it does, and workers keep their results)";
    }
    Instant since = writingSince;
    if (since != null && Duration.between(since, now).compareTo(SLOW) > 0) {
      return slow(Duration.between(since, now));
    }
    Instant slow = slowAt;
    if (slow != null && !slow.plus(REMEMBERED).isBefore(now)) {
      return slow(slowest);
    }
    return "";
  }

  private static String slow(Duration took) {
    return "The database is slow: a commit takes " + took.toMillis() + " ms";
  }

  /** How many groups were committed. */
  public synchronized long commits() {
    return commits;
  }

  /** How often a group could not be committed. */
  public synchronized long failures() {
    return failures;
  }

  /** How long committing took, all in all. */
  public synchronized Duration busy() {
    return busy;
  }
}
