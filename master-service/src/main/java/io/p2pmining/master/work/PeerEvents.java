package io.p2pmining.master.work;

import java.util.List;

/**
 * What sessions tell the dispatcher. Every method returns at once and may be called by any thread;
 * the events of one peer are handled in the order of the calls.
 */
public interface PeerEvents {

  /** A worker is connected and has said what it can; a former link of the same peer is dead. */
  void peerReady(WorkerProfile profile, PeerLink link);

  /**
   * The worker wants this many units in hand from now on.
   *
   * @param held the units it still has; looked at in the first request of a connection only
   */
  void depthRequested(PeerId peer, int depth, List<UnitRef> held);

  /** Every nonce among the first {@code searched} of the leased range has been hashed. */
  void progress(PeerId peer, UnitRef ref, long searched, double hashesPerSecond);

  /** The worker's own measurement of its speed. */
  void rateReported(PeerId peer, double hashesPerSecond);

  /** A result, perhaps not for the first time. */
  void result(PeerId peer, WorkResult result);

  /**
   * The link is closed.
   *
   * @param link the link that is gone; ignored if the peer has a newer one
   * @param returning whether the worker may come back for its units
   */
  void peerGone(PeerId peer, PeerLink link, boolean returning);
}
