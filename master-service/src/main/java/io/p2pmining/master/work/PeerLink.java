package io.p2pmining.master.work;

import java.util.List;

/** The way to a connected worker. Its methods return at once and may be called by any thread. */
public interface PeerLink {

  /** Hands over units. */
  void assign(List<Assignment> assignments);

  /** Says why there is no work; the worker stops hashing until it is assigned something. */
  void noWork(NoWorkReason reason, String detail);

  /** Takes units back; the worker stops searching them at once. */
  void cancel(List<UnitRef> units, CancelReason reason);

  /** Takes units back and hands over others in their place, so that the worker need not wait. */
  default void replace(List<UnitRef> units, CancelReason reason, List<Assignment> assignments) {
    cancel(units, reason);
    assign(assignments);
  }

  /** Tells what became of a result, which the worker may forget from now on. */
  void acknowledge(long resultId, Verdict verdict);

  /**
   * Closes the connection because the master cannot keep up; the worker comes back later with
   * everything that was not acknowledged.
   */
  void disconnectBusy(String detail);
}
