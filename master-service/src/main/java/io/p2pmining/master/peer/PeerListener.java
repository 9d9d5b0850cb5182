package io.p2pmining.master.peer;

/**
 * Told of peers that came, went or do something else, under the registry's lock: returns quickly
 * and asks the registry nothing.
 */
@FunctionalInterface
public interface PeerListener {

  void peerChanged(Peer peer);
}
