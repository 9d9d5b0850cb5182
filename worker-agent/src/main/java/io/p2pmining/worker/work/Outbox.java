package io.p2pmining.worker.work;

import io.p2pmining.common.wire.v1.WorkunitResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Results that the master has not acknowledged, oldest first. Guarded by the desk's lock. When it
 * is full the desk stops the miner; what threads find in the hashes they are at still goes in, so
 * nothing is ever dropped.
 */
final class Outbox {

  private final int capacity;
  private final Map<Long, WorkunitResult> pending = new LinkedHashMap<>();

  Outbox(int capacity) {
    this.capacity = capacity;
  }

  void add(WorkunitResult result) {
    pending.put(result.getResultId(), result);
  }

  /** Takes out a result that was acknowledged; null if it was acknowledged before. */
  @Nullable WorkunitResult remove(long resultId) {
    return pending.remove(resultId);
  }

  boolean isFull() {
    return pending.size() >= capacity;
  }

  /** Whether so much has been acknowledged that hashing may go on. */
  boolean hasRoomAgain() {
    return pending.size() <= capacity / 2;
  }

  List<WorkunitResult> pending() {
    return List.copyOf(pending.values());
  }

  int size() {
    return pending.size();
  }

  void clear() {
    pending.clear();
  }
}
