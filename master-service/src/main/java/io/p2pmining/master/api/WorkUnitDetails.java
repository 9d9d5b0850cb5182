package io.p2pmining.master.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.p2pmining.master.store.PastLease;
import io.p2pmining.master.work.LeaseEnding;
import io.p2pmining.master.work.Redone;
import io.p2pmining.master.work.WorkUnit;
import java.time.Instant;
import java.util.List;

/**
 * One work unit as the API shows it, with its history.
 *
 * @param pastLeases the leases that ended without completing it, oldest first
 * @param redos how its shares compare with what another peer found in the same range
 */
record WorkUnitDetails(
    @JsonUnwrapped WorkUnitView unit, List<Lease> pastLeases, List<RedoView> redos) {

  static WorkUnitDetails of(WorkUnit unit, List<PastLease> leases, List<Redone> redos) {
    return new WorkUnitDetails(
        WorkUnitView.of(unit),
        leases.stream().map(WorkUnitDetails::lease).toList(),
        redos.stream().map(RedoView::of).toList());
  }

  private static Lease lease(PastLease lease) {
    return new Lease(
        lease.peer().hex(),
        lease.range().start(),
        lease.range().count(),
        lease.searched(),
        lease.ending(),
        lease.endedAt());
  }

  /** A lease that ended; {@code searched} counts from its {@code nonceStart}. */
  record Lease(
      String peerId,
      long nonceStart,
      long nonceCount,
      long searched,
      LeaseEnding ending,
      Instant endedAt) {}
}
