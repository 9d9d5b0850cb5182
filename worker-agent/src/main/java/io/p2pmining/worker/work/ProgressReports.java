package io.p2pmining.worker.work;

import io.p2pmining.common.wire.v1.WorkunitProgress;
import io.p2pmining.core.miner.HashRates;
import io.p2pmining.core.miner.Miner;
import io.p2pmining.core.miner.MinerState;
import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.worker.machine.AlgorithmCatalog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells the master how far the units in hand are, and when. Guarded by the desk's lock. */
final class ProgressReports {

  /** Progress comes at least this often within a lease. */
  private static final int SIGNS_PER_LEASE = 3;

  /** Also for how long an algorithm is hashed as it is meant to be before its rate is learned. */
  private static final Duration RATE_WINDOW = Duration.ofSeconds(10);

  private final UnitBook units;
  private final Miner miner;
  private final HashRates rates;
  private final AlgorithmCatalog catalog;
  private final Runnable rateKnown;
  private final Duration longestInterval;
  private Instant last = Instant.EPOCH;
  private @Nullable PowAlgorithm steady;
  private Instant steadySince = Instant.EPOCH;

  /**
   * Reports about the units of a book.
   *
   * @param rateKnown run when the first rate of an algorithm is learned
   * @param longestInterval after which they come in any case
   */
  ProgressReports(
      UnitBook units,
      Miner miner,
      HashRates rates,
      AlgorithmCatalog catalog,
      Runnable rateKnown,
      Duration longestInterval) {
    this.units = units;
    this.miner = miner;
    this.rates = rates;
    this.catalog = catalog;
    this.rateKnown = rateKnown;
    this.longestInterval = longestInterval;
  }

  boolean areDue(Instant now) {
    return !now.isBefore(last.plus(interval()));
  }

  private Duration interval() {
    return units.inHand().stream()
        .map(unit -> unit.leaseTime().dividedBy(SIGNS_PER_LEASE))
        .reduce(longestInterval, (a, b) -> a.compareTo(b) < 0 ? a : b);
  }

  /**
   * One for each unit: prefetched units are reported too, as it is what keeps their leases.
   *
   * @param algorithm whose rate is learned from it; null if none was hashed yet
   */
  List<WorkunitProgress> take(Instant now, @Nullable PowAlgorithm algorithm) {
    last = now;
    double rate = rates.total(RATE_WINDOW);
    if (algorithm != null && rate > 0 && isSteady(now, algorithm)) {
      boolean first = catalog.rateOf(algorithm) == 0;
      catalog.learnRate(algorithm, rate);
      if (first) {
        rateKnown.run();
      }
    }
    return units.inHand().stream().map(unit -> progress(unit, rate)).toList();
  }

  /** Whether it has been hashed for long enough, and not in light mode until there is a dataset. */
  private boolean isSteady(Instant now, PowAlgorithm algorithm) {
    boolean hashed = miner.state() == MinerState.MINING && !miner.isInterim();
    PowAlgorithm mined = hashed ? algorithm : null;
    if (mined == null || mined != steady) {
      steady = mined;
      steadySince = now;
    }
    return mined != null && !now.isBefore(steadySince.plus(RATE_WINDOW));
  }

  private WorkunitProgress progress(LeasedUnit unit, double rate) {
    return WorkunitProgress.newBuilder()
        .setUnitId(unit.ref().unitId())
        .setLease(unit.ref().lease())
        .setSearched(unit.searched(miner.searched(unit.task()).orElse(0)))
        .setHashesPerSecond(rate)
        .build();
  }
}
