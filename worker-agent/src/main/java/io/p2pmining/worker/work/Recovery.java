package io.p2pmining.worker.work;

import io.p2pmining.common.node.NodeId;
import io.p2pmining.common.wire.v1.AssignedUnit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes checkpoints of what a desk has in hand, and takes up what is in one. Guarded by the desk's
 * lock.
 */
final class Recovery {

  /**
   * How many shares of a unit are remembered beyond what counts as searched. Any others would be
   * found and sent a second time after a crash, and refused as duplicates.
   */
  private static final int MAX_FOUND = 1024;

  private final UnitBook units;
  private final Outbox outbox;
  private final Map<UnitRef, Set<Integer>> found = new HashMap<>();

  /** How much of each unit had been searched in the last checkpoint. */
  private final Map<UnitRef, Long> marks = new HashMap<>();

  Recovery(UnitBook units, Outbox outbox) {
    this.units = units;
    this.outbox = outbox;
  }

  /**
   * A share was found.
   *
   * @return whether that is news; not so if a former process of this worker found it already
   */
  boolean isNews(LeasedUnit unit, long nonce) {
    Set<Integer> nonces = found.computeIfAbsent(unit.ref(), ref -> new HashSet<>());
    return nonces.size() >= MAX_FOUND ? !nonces.contains((int) nonce) : nonces.add((int) nonce);
  }

  /**
   * What is in hand now.
   *
   * @param searched how many of the first nonces of a unit's task have been hashed; empty if the
   *     task has just ended
   */
  Checkpoint take(
      @Nullable NodeId master, Function<LeasedUnit, OptionalLong> searched, Instant now) {
    List<SavedUnit> saved = new ArrayList<>();
    Set<UnitRef> inHand = new HashSet<>();
    for (LeasedUnit unit : units.inHand()) {
      long done = searched(unit, searched.apply(unit));
      marks.put(unit.ref(), done);
      saved.add(new SavedUnit(unit.assigned(), done, foundBeyond(unit, done)));
      inHand.add(unit.ref());
    }
    found.keySet().retainAll(inHand);
    marks.keySet().retainAll(inHand);
    return new Checkpoint(
        master, Instant.ofEpochMilli(now.toEpochMilli()), saved, outbox.pending());
  }

  /** Until its end is told, a unit that is searched through counts as one nonce short of it. */
  private long searched(LeasedUnit unit, OptionalLong ofTask) {
    long before = marks.getOrDefault(unit.ref(), unit.searchedBefore());
    long now = ofTask.isPresent() ? unit.searched(ofTask.getAsLong()) : before;
    return Math.min(Math.max(before, now), unit.assigned().getNonceCount() - 1);
  }

  private Set<Integer> foundBeyond(LeasedUnit unit, long done) {
    Set<Integer> nonces = found.getOrDefault(unit.ref(), new HashSet<>());
    long start = Integer.toUnsignedLong(unit.assigned().getNonceStart());
    nonces.removeIf(nonce -> Integer.toUnsignedLong(nonce) - start < done);
    return nonces;
  }

  /** The results, and the units whose leases may still live; those are to be taken in hand. */
  List<SavedUnit> resume(Checkpoint checkpoint, Instant now) {
    checkpoint.results().forEach(outbox::add);
    List<SavedUnit> alive = new ArrayList<>();
    for (SavedUnit saved : checkpoint.units()) {
      AssignedUnit unit = saved.unit();
      boolean expired =
          now.isAfter(checkpoint.takenAt().plus(Duration.ofMillis(unit.getLeaseMs())));
      if (!expired && alive.size() < UnitBook.MAX_IN_HAND) {
        found.put(UnitRef.of(unit), new HashSet<>(saved.found()));
        alive.add(saved);
      }
    }
    return alive;
  }
}
