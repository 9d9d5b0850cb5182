package io.p2pmining.system;

import io.p2pmining.common.wire.v1.AssignedUnit;
import io.p2pmining.common.wire.v1.WorkunitAck;
import io.p2pmining.common.wire.v1.WorkunitResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Remembers what a master told the workers of a test: it is what the database must hold. Safe for
 * use by any thread.
 */
final class Witness {

  /** A lease that a worker was told of. */
  record Told(String peer, AssignedUnit unit) {}

  /** A verdict that a worker was given; it has forgotten the result since. */
  record Settled(String peer, WorkunitResult result, WorkunitAck ack) {

    boolean isAccepted() {
      return ack.getVerdict() != WorkunitAck.Verdict.VERDICT_REJECTED;
    }

    @Override
    public String toString() {
      return "peer=%s result=%d %s unit=%d lease=%d: %s %s"
          .formatted(
              peer,
              result.getResultId(),
              result.getOutcomeCase(),
              result.getUnitId(),
              result.getLease(),
              ack.getVerdict(),
              isAccepted() ? "" : ack.getRejection());
    }
  }

  private record ResultKey(String peer, long resultId) {}

  // Guarded by this.
  private final List<Told> told = new ArrayList<>();
  private final Map<ResultKey, Settled> settled = new HashMap<>();
  private final List<String> contradictions = new ArrayList<>();

  synchronized void assigned(String peer, AssignedUnit unit) {
    told.add(new Told(peer, unit));
  }

  /** A verdict on a result that waited for one. */
  synchronized void settled(String peer, WorkunitResult result, WorkunitAck ack) {
    settled.put(new ResultKey(peer, result.getResultId()), new Settled(peer, result, ack));
  }

  /** A verdict on a result that had one already, or on one that was never sent. */
  synchronized void settledAgain(String peer, WorkunitAck ack) {
    Settled before = settled.get(new ResultKey(peer, ack.getResultId()));
    if (before == null || !before.ack().equals(ack)) {
      contradictions.add("after " + before + " came " + ack);
    }
  }

  synchronized List<Told> told() {
    return List.copyOf(told);
  }

  synchronized List<Settled> settled() {
    return List.copyOf(settled.values());
  }

  synchronized List<String> contradictions() {
    return List.copyOf(contradictions);
  }

  /** How many results have been settled. */
  synchronized int count() {
    return settled.size();
  }
}
