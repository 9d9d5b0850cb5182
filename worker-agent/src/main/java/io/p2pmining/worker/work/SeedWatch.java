package io.p2pmining.worker.work;

import io.p2pmining.core.miner.SeedKey;
import io.p2pmining.core.pow.PreparedSeed;
import io.p2pmining.worker.machine.AlgorithmCatalog;
import io.p2pmining.worker.machine.EngineUse;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Follows the preparation of seeds. Told by the preparing thread; any thread may ask. */
public final class SeedWatch {

  private static final int PERCENT = 100;

  private final AlgorithmCatalog catalog;
  private final Runnable capabilitiesChanged;
  private final WorkLog log;
  private final LongAdder preparedNanos = new LongAdder();

  private volatile @Nullable SeedKey current;
  private volatile double fraction;

  /**
   * A watch.
   *
   * @param capabilitiesChanged run when this worker has learned something that the master knows
   *     differently
   */
  SeedWatch(AlgorithmCatalog catalog, Runnable capabilitiesChanged, WorkLog log) {
    this.catalog = catalog;
    this.capabilitiesChanged = capabilitiesChanged;
    this.log = log;
  }

  void preparing(SeedKey seed, double fraction) {
    this.fraction = fraction;
    if (!seed.equals(current)) {
      current = seed;
      log.preparing(seed);
    }
  }

  void prepared(SeedKey seed, PreparedSeed prepared, Duration took) {
    current = null;
    preparedNanos.add(took.toNanos());
    EngineUse use = EngineUse.of(prepared);
    log.prepared(seed, use, took);
    if (catalog.learnEngine(prepared)) {
      if (use.isInterpreted()) {
        log.interpreted(seed);
      }
      capabilitiesChanged.run();
    }
  }

  /** Another mode stands in while a seed is being prepared. */
  void interim(SeedKey seed, PreparedSeed interim) {
    EngineUse use = EngineUse.of(interim);
    log.interim(seed, use);
    if (catalog.learnEngine(interim)) {
      capabilitiesChanged.run();
    }
  }

  void failed(SeedKey seed, String reason) {
    current = null;
    log.cannotPrepare(seed, reason);
  }

  /** What is being prepared and how far it is; null if nothing is. */
  public @Nullable String progress() {
    SeedKey seed = current;
    return seed == null ? null : "preparing " + seed + " (" + (int) (PERCENT * fraction) + " %)";
  }

  /** The time that all preparations so far have taken. */
  public Duration preparedTime() {
    return Duration.ofNanos(preparedNanos.sum());
  }
}
