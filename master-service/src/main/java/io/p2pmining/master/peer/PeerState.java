package io.p2pmining.master.peer;

/** What a peer is doing. */
public enum PeerState {
  /** Connected; has not said yet what it is doing. */
  CONNECTED,
  /** Building what its algorithm needs before it can hash: a cache or a dataset. */
  PREPARING,
  /** Hashing. */
  MINING,
  /** Connected and waiting for work. */
  IDLE,
  /** Gone; remembered for its statistics. */
  DISCONNECTED
}
