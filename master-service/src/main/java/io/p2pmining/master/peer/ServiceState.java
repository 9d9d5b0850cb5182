package io.p2pmining.master.peer;

/** Whether a peer gets work. */
public enum ServiceState {
  /** It gets work. */
  IN_SERVICE,
  /** An operator lets it finish what it has; it gets nothing new. */
  DRAINING,
  /** It is not trusted for now: what it had was taken back, and it gets nothing. */
  QUARANTINED
}
