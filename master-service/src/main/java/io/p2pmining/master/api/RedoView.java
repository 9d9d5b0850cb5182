package io.p2pmining.master.api;

import io.p2pmining.master.work.Redone;
import java.time.Instant;

/** A range that was searched twice, as the API shows it. */
record RedoView(
    String firstPeerId,
    String secondPeerId,
    long nonceStart,
    long nonceCount,
    long sharesMatched,
    long missedByFirst,
    long missedBySecond,
    Instant comparedAt) {

  static RedoView of(Redone redone) {
    return new RedoView(
        redone.first().hex(),
        redone.second().hex(),
        redone.range().start(),
        redone.range().count(),
        redone.matched(),
        redone.missedByFirst(),
        redone.missedBySecond(),
        redone.at());
  }
}
