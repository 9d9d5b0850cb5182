package io.p2pmining.master.api;

import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.UnitState;
import io.p2pmining.master.work.WorkUnit;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A work unit as the API shows it. */
record WorkUnitView(
    long id,
    String jobId,
    UnitState state,
    long nonceStart,
    long nonceCount,
    long searched,
    @Nullable String peerId,
    @Nullable Instant leaseExpiresAt,
    int attempts,
    Instant createdAt,
    Instant updatedAt) {

  static WorkUnitView of(WorkUnit unit) {
    PeerId peer = unit.peer();
    return new WorkUnitView(
        unit.id(),
        unit.jobId(),
        unit.state(),
        unit.range().start(),
        unit.range().count(),
        unit.searched(),
        peer == null ? null : peer.hex(),
        unit.leaseExpiresAt(),
        unit.attempts(),
        unit.createdAt(),
        unit.updatedAt());
  }
}
