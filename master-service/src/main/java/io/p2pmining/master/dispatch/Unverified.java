package io.p2pmining.master.dispatch;

import io.p2pmining.master.work.PeerId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The shares that were credited on trust lately, in case their peer turns out to lie. The oldest
 * are forgotten first. Owned by the dispatcher's thread.
 *
 * @param <C> what is kept of a share
 */
final class Unverified<C> {

  /** About 20 MB; at 500 shares a second, those of the last 40 seconds. */
  private static final int MAX_SHARES = 20_000;

  private final Deque<Passed<C>> trusted = new ArrayDeque<>();
  private final Deque<Passed<C>> doubted = new ArrayDeque<>();

  /** A share was credited without being recomputed. */
  void add(PeerId peer, C share) {
    addBounded(trusted, new Passed<>(peer, share));
  }

  /** From now on every share of this peer waits to be recomputed. */
  void doubt(PeerId peer) {
    Iterator<Passed<C>> oldestFirst = trusted.iterator();
    while (oldestFirst.hasNext()) {
      Passed<C> passed = oldestFirst.next();
      if (passed.peer.equals(peer)) {
        oldestFirst.remove();
        addBounded(doubted, passed);
      }
    }
  }

  /** Offers the doubted shares, oldest first, until one is not taken. */
  void recheck(Predicate<C> taken) {
    @Nullable Passed<C> next = doubted.peekFirst();
    while (next != null && taken.test(next.share)) {
      doubted.removeFirst();
      next = doubted.peekFirst();
    }
  }

  private static <C> void addBounded(Deque<Passed<C>> queue, Passed<C> passed) {
    queue.addLast(passed);
    if (queue.size() > MAX_SHARES) {
      queue.removeFirst();
    }
  }

  private record Passed<C>(PeerId peer, C share) {}
}
