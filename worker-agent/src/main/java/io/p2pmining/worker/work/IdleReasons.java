package io.p2pmining.worker.work;

import io.p2pmining.common.wire.v1.NoWork;
import io.p2pmining.core.miner.Miner;
import io.p2pmining.core.miner.MinerState;
import io.p2pmining.core.miner.PauseReason;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Why nothing is hashed, in words for an operator. Guarded by the desk's lock. */
final class IdleReasons {

  private final Miner miner;
  private final SeedWatch seeds;
  private final Brake brake;
  private final Setback setback;

  IdleReasons(Miner miner, SeedWatch seeds, Brake brake, Setback setback) {
    this.miner = miner;
    this.seeds = seeds;
    this.brake = brake;
    this.setback = setback;
  }

  /**
   * The reason in a state other than mining.
   *
   * @param connected whether there is a session with a master
   * @param noWork what that last said instead of giving work; null if it gave some
   */
  String of(MinerState state, boolean connected, @Nullable NoWork noWork) {
    String preparing = seeds.progress();
    if (state == MinerState.PREPARING && preparing != null) {
      return preparing;
    }
    if (state == MinerState.PAUSED) {
      return pauses();
    }
    String trouble = setback.reason();
    if (trouble != null) {
      return trouble;
    }
    if (!connected) {
      return "not connected to a master";
    }
    return noWork == null ? "waiting for work" : WorkLog.sentence(noWork);
  }

  private String pauses() {
    Stream<String> ofOwner =
        miner.pauseReasons().stream()
            .filter(reason -> reason != PauseReason.NO_WORK)
            .map(PauseReason::sentence);
    return Stream.concat(ofOwner, brake.reasons().stream().map(Brake.Reason::sentence))
        .sorted()
        .collect(Collectors.joining("; "));
  }
}
