package io.p2pmining.master.peer;

import io.p2pmining.master.work.PeerId;

/** Told of changed standings, on whatever thread changed them: returns quickly. */
@FunctionalInterface
public interface StandingListener {

  void standingChanged(PeerId peer, Standing standing);
}
