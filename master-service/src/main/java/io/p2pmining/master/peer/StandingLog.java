package io.p2pmining.master.peer;

import io.p2pmining.master.work.PeerId;

/** Told of every standing that is to outlive the process, under the standings' lock. */
@FunctionalInterface
public interface StandingLog {

  /** For who keeps no record. */
  StandingLog NONE = (peer, standing) -> {};

  /** A peer has this standing now. */
  void standingChanged(PeerId peer, Standing standing);
}
