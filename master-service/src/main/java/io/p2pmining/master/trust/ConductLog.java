package io.p2pmining.master.trust;

import io.p2pmining.master.work.PeerId;

/** Told what is to be known of a peer's honesty after a restart, under the book's lock. */
@FunctionalInterface
public interface ConductLog {

  /** For who keeps no record. */
  ConductLog NONE = (peer, conduct) -> {};

  void conductChanged(PeerId peer, KeptConduct conduct);
}
