package io.p2pmining.master.event;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The last events, in a ring. Whoever follows it remembers how far it has read: the ring is the one
 * buffer of all followers, and who falls behind by more than it holds learns of what it has lost.
 * Appending never waits for a follower. Guarded by its own lock.
 */
public final class EventLog {

  /** How many events are looked at under the lock at once. */
  private static final int MAX_SCAN = 1000;

  /** How far {@link #latest} looks back: a millisecond's work under the lock. */
  private static final int MAX_LOOK_BACK = 20_000;

  private final InstantSource clock;
  private final @Nullable ClusterEvent[] ring;
  private final long first;
  private long next;
  private boolean closed;

  /**
   * @param capacity how many events are kept
   * @param first the id of the first event
   */
  public EventLog(InstantSource clock, int capacity, long first) {
    this.clock = clock;
    this.ring = new ClusterEvent[capacity];
    this.first = first;
    this.next = first;
  }

  /** Adds an event, in place of the oldest if the ring is full. */
  public synchronized void append(Occurrence occurrence) {
    ring[index(next)] = new ClusterEvent(next, clock.instant(), occurrence);
    next++;
    notifyAll();
  }

  /** The id of the newest event; one less than the first id before there is any. */
  public synchronized long newest() {
    return next - 1;
  }

  /** Ends the log for all who follow it, and for those who come. */
  public synchronized void close() {
    closed = true;
    notifyAll();
  }

  /**
   * Reads on, waiting for something new for a while.
   *
   * @param id the last event that was read
   * @param types which ones matter
   */
  public synchronized Reading after(long id, Set<EventType> types, Duration wait)
      throws InterruptedException {
    long deadline = System.nanoTime() + wait.toNanos();
    while (!closed && id == newest()) {
      long millis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
      if (millis <= 0) {
        break;
      }
      wait(millis);
    }
    if (closed) {
      return new Reading.Closed();
    }
    long oldest = Math.max(first, next - ring.length);
    if (id < oldest - 1 || id > newest()) {
      return new Reading.Lost(oldest, newest());
    }
    long end = Math.min(newest(), id + MAX_SCAN);
    List<ClusterEvent> events = new ArrayList<>();
    for (long at = id + 1; at <= end; at++) {
      ClusterEvent event = ring[index(at)];
      if (event != null && types.contains(event.occurrence().type())) {
        events.add(event);
      }
    }
    return new Reading.Events(events, end);
  }

  /**
   * The newest events that are wanted, newest first, among the last few thousand.
   *
   * @param most how many at most
   */
  public synchronized List<ClusterEvent> latest(Predicate<ClusterEvent> wanted, int most) {
    long oldest = Math.max(first, next - Math.min(ring.length, MAX_LOOK_BACK));
    List<ClusterEvent> events = new ArrayList<>();
    for (long at = newest(); at >= oldest && events.size() < most; at--) {
      ClusterEvent event = ring[index(at)];
      if (event != null && wanted.test(event)) {
        events.add(event);
      }
    }
    return events;
  }

  private int index(long id) {
    return (int) Math.floorMod(id, (long) ring.length);
  }

  /** What reading on has brought. */
  public sealed interface Reading {

    /**
     * The next events, perhaps none.
     *
     * @param upTo the last event that was read, whether it mattered or not
     */
    record Events(List<ClusterEvent> events, long upTo) implements Reading {
      public Events {
        events = List.copyOf(events);
      }
    }

    /** What comes next is not in the log: too old, or of another process. */
    record Lost(long oldest, long newest) implements Reading {}

    /** The master is stopping. */
    record Closed() implements Reading {}
  }
}
