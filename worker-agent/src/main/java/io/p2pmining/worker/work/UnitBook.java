package io.p2pmining.worker.work;

import io.p2pmining.core.miner.MiningTask;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The units in hand, and those that were in hand a moment ago: a thread may still find a share of a
 * unit that was cancelled while it hashed. Guarded by the desk's lock.
 */
final class UnitBook {

  /** The protocol lets a worker hold no more. */
  static final int MAX_IN_HAND = 16;

  /** Late shares come within one hash; by then no more than a few units can have been in hand. */
  private static final int MAX_ENDED = 4 * MAX_IN_HAND;

  private final Map<UnitRef, LeasedUnit> inHand = new LinkedHashMap<>();
  private final Map<MiningTask, LeasedUnit> byTask = new LinkedHashMap<>();
  private final Map<MiningTask, LeasedUnit> ended =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<MiningTask, LeasedUnit> eldest) {
          return size() > MAX_ENDED;
        }
      };

  boolean isFull() {
    return inHand.size() >= MAX_IN_HAND;
  }

  boolean isEmpty() {
    return inHand.isEmpty();
  }

  boolean holds(UnitRef ref) {
    return inHand.containsKey(ref);
  }

  void add(LeasedUnit unit) {
    inHand.put(unit.ref(), unit);
    byTask.put(unit.task(), unit);
  }

  /** Takes a unit out of hand; null if it is not in hand. */
  @Nullable LeasedUnit end(UnitRef ref) {
    LeasedUnit unit = inHand.remove(ref);
    if (unit != null) {
      byTask.remove(unit.task());
      ended.put(unit.task(), unit);
    }
    return unit;
  }

  /** Takes the unit of a task out of hand; null if it is not in hand. */
  @Nullable LeasedUnit end(MiningTask task) {
    LeasedUnit unit = byTask.get(task);
    return unit == null ? null : end(unit.ref());
  }

  /** The unit of a task that is or was in hand; null if it is forgotten. */
  @Nullable LeasedUnit unitOf(MiningTask task) {
    LeasedUnit unit = byTask.get(task);
    return unit == null ? ended.get(task) : unit;
  }

  /** Forgets the units that were in hand: nobody wants their late shares. */
  void forgetEnded() {
    ended.clear();
  }

  /** The units in hand, in the order in which they came. */
  Collection<LeasedUnit> inHand() {
    return List.copyOf(inHand.values());
  }
}
