package io.p2pmining.master.dispatch;

import io.p2pmining.master.work.Assignment;
import io.p2pmining.master.work.CancelReason;
import io.p2pmining.master.work.NoWorkReason;
import io.p2pmining.master.work.PeerLink;
import io.p2pmining.master.work.UnitRef;
import io.p2pmining.master.work.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Remembers what the dispatcher said to a worker. */
final class RecordingLink implements PeerLink {

  final List<Assignment> assigned = new ArrayList<>();
  final Map<UnitRef, CancelReason> cancelled = new LinkedHashMap<>();
  final Map<Long, Verdict> verdicts = new LinkedHashMap<>();
  final List<NoWorkReason> noWork = new ArrayList<>();
  int verdictCount;
  int replacements;
  boolean busy;

  Assignment first() {
    return assigned.getFirst();
  }

  Assignment last() {
    return assigned.getLast();
  }

  @Override
  public void assign(List<Assignment> assignments) {
    assigned.addAll(assignments);
  }

  @Override
  public void noWork(NoWorkReason reason, String detail) {
    noWork.add(reason);
  }

  @Override
  public void cancel(List<UnitRef> units, CancelReason reason) {
    units.forEach(unit -> cancelled.put(unit, reason));
  }

  @Override
  public void replace(List<UnitRef> units, CancelReason reason, List<Assignment> assignments) {
    replacements++;
    PeerLink.super.replace(units, reason, assignments);
  }

  @Override
  public void acknowledge(long resultId, Verdict verdict) {
    verdicts.put(resultId, verdict);
    verdictCount++;
  }

  @Override
  public void disconnectBusy(String detail) {
    busy = true;
  }
}
