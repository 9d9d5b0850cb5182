package io.p2pmining.master.peer;

/** Told when a peer comes, goes or changes, under the registry's lock: returns at once. */
public interface PeerLog {

  /** For who keeps no record. */
  PeerLog NONE = peer -> {};

  /** A peer connected, disconnected, or has other capabilities. */
  void peerChanged(Peer peer);
}
