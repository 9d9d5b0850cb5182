package io.p2pmining.master.dispatch;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The results of one worker that are not done with: since when they wait for their answer, and
 * which of them are being verified. They change with every result: arrays of numbers cost the
 * garbage collector nothing. Memory: as many as may be verified at once, and {@link #MAX_TIMED}.
 * Owned by the dispatcher's thread.
 */
final class OpenResults {

  /** Unanswered results whose times are kept: what a worker sends at once after a reconnect. */
  static final int MAX_TIMED = 64;

  private static final int FIRST_CAPACITY = 2;
  private static final long UNKNOWN = Long.MIN_VALUE;

  /** In the order in which they came. */
  private long[] ids = new long[FIRST_CAPACITY];

  /** In microseconds since 1970; {@link #UNKNOWN} if answered, or too many have come since. */
  private long[] came = new long[FIRST_CAPACITY];

  private boolean[] verified = new boolean[FIRST_CAPACITY];
  private int size;
  private int timed;

  /** Notes when a result came; if it came more than once, the first time. */
  void received(long id, Instant at) {
    int place = placeOf(id);
    if (came[place] == UNKNOWN) {
      came[place] = ChronoUnit.MICROS.between(Instant.EPOCH, at);
      timed++;
      if (timed > MAX_TIMED) {
        forgetTime(oldestTimed());
      }
    }
  }

  /** A result is answered: when it came; null if that is not known. */
  @Nullable Instant answered(long id) {
    int place = find(id);
    if (place < 0 || came[place] == UNKNOWN) {
      return null;
    }
    Instant at = Instant.EPOCH.plus(came[place], ChronoUnit.MICROS);
    forgetTime(place);
    return at;
  }

  /** Forgets when results came. */
  void forgetTimes() {
    for (int place = size - 1; place >= 0; place--) {
      if (came[place] != UNKNOWN) {
        forgetTime(place);
      }
    }
  }

  /** Notes that a result is being verified; false if it already is. */
  boolean beginVerification(long id) {
    int place = placeOf(id);
    boolean begins = !verified[place];
    verified[place] = true;
    return begins;
  }

  void endVerification(long id) {
    int place = find(id);
    if (place >= 0) {
      verified[place] = false;
      dropIfDone(place);
    }
  }

  private int find(long id) {
    for (int place = size - 1; place >= 0; place--) {
      if (ids[place] == id) {
        return place;
      }
    }
    return -1;
  }

  private int placeOf(long id) {
    int known = find(id);
    if (known >= 0) {
      return known;
    }
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, 2 * size);
      came = Arrays.copyOf(came, 2 * size);
      verified = Arrays.copyOf(verified, 2 * size);
    }
    ids[size] = id;
    came[size] = UNKNOWN;
    verified[size] = false;
    return size++;
  }

  private int oldestTimed() {
    int place = 0;
    while (came[place] == UNKNOWN) {
      place++;
    }
    return place;
  }

  private void forgetTime(int place) {
    came[place] = UNKNOWN;
    timed--;
    dropIfDone(place);
  }

  private void dropIfDone(int place) {
    if (came[place] == UNKNOWN && !verified[place]) {
      int behind = size - place - 1;
      System.arraycopy(ids, place + 1, ids, place, behind);
      System.arraycopy(came, place + 1, came, place, behind);
      System.arraycopy(verified, place + 1, verified, place, behind);
      size--;
    }
  }
}
