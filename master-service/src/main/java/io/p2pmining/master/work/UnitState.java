package io.p2pmining.master.work;

import java.util.EnumSet;
import java.util.Set;

/**
 * The life of a work unit.
 *
 * <pre>
 *   PENDING ──▶ ASSIGNED ──▶ COMPUTING ──▶ COMPLETED
 *      ▲  │         │  │          │  │
 *      │  │         │  └──────────┼──┴───▶ (COMPLETED | FAILED | CANCELLED)
 *      └──┼─────────┴─────────────┘        lease lost: the rest is pending again
 *         └──▶ CANCELLED | FAILED
 * </pre>
 */
public enum UnitState {
  /** Waits for a worker. */
  PENDING,
  /** Given to a worker that has not reported progress yet. */
  ASSIGNED,
  /** A worker has reported progress. */
  COMPUTING,
  /** Every nonce has been searched. */
  COMPLETED,
  /** Given up after too many attempts. */
  FAILED,
  /** Its job became obsolete or ended. */
  CANCELLED;

  /** The states that may follow this one. */
  public Set<UnitState> successors() {
    return switch (this) {
      case PENDING -> EnumSet.of(ASSIGNED, CANCELLED, FAILED);
      case ASSIGNED -> EnumSet.of(COMPUTING, COMPLETED, PENDING, FAILED, CANCELLED);
      case COMPUTING -> EnumSet.of(COMPUTING, COMPLETED, PENDING, FAILED, CANCELLED);
      case COMPLETED, FAILED, CANCELLED -> EnumSet.noneOf(UnitState.class);
    };
  }

  /** Whether a worker holds a lease on the unit. */
  public boolean isLeased() {
    return this == ASSIGNED || this == COMPUTING;
  }

  /** Whether nothing happens to the unit any more. */
  public boolean isFinal() {
    return this == COMPLETED || this == FAILED || this == CANCELLED;
  }
}
