package io.p2pmining.master.peer;

import io.p2pmining.master.work.PeerId;

/** Ends connections. Safe for use by any thread. */
@FunctionalInterface
public interface PeerDisconnector {

  /**
   * Says goodbye to a peer, which may come back at once.
   *
   * @return false if it is not connected
   */
  boolean disconnect(PeerId peer, String reason);
}
