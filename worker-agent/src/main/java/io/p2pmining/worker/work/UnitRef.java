package io.p2pmining.worker.work;

import io.p2pmining.common.wire.v1.AssignedUnit;
import io.p2pmining.common.wire.v1.CancelledUnit;
import io.p2pmining.common.wire.v1.HeldUnit;
import io.p2pmining.common.wire.v1.WorkunitResult;

/**
 * One assignment of a unit to this worker.
 *
 * @param unitId the unit
 * @param lease the fencing token of the assignment
 */
record UnitRef(long unitId, long lease) {

  static UnitRef of(AssignedUnit unit) {
    return new UnitRef(unit.getUnitId(), unit.getLease());
  }

  static UnitRef of(CancelledUnit unit) {
    return new UnitRef(unit.getUnitId(), unit.getLease());
  }

  static UnitRef of(WorkunitResult result) {
    return new UnitRef(result.getUnitId(), result.getLease());
  }

  HeldUnit onWire() {
    return HeldUnit.newBuilder().setUnitId(unitId).setLease(lease).build();
  }
}
