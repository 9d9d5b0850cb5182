package io.p2pmining.worker.work;

import io.p2pmining.core.cpu.MiningPlan;
import io.p2pmining.core.miner.Miner;
import io.p2pmining.core.miner.MiningShape;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.core.pow.PreparedSeed;
import io.p2pmining.core.tuning.FixedSettings;
import io.p2pmining.core.tuning.StoredTuning;
import io.p2pmining.core.tuning.Tuner;
import io.p2pmining.core.tuning.TuningChoices;
import io.p2pmining.core.tuning.TuningKey;
import io.p2pmining.core.tuning.TuningResult;
import io.p2pmining.core.tuning.TuningRule;
import io.p2pmining.core.tuning.TuningStore;
import io.p2pmining.worker.machine.AlgorithmCatalog;
import io.p2pmining.worker.machine.TuningState;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Has the miner hash each algorithm in the shape that was found to be the fastest on this machine,
 * and finds it out beside the mining where nothing is stored. One algorithm is tuned at a time, on
 * a thread of its own, and each once while the worker runs. Safe for use by any thread.
 */
final class MiningTuning implements AutoCloseable {

  /**
   * What tuning works with.
   *
   * @param store where results are kept
   * @param plan where threads hash best
   * @param cores how many cores the machine has
   * @param usual how threads hash without tuning
   * @param fixed what is set and not tuned
   * @param rule when one shape counts as faster
   * @param version of the worker
   * @param onBattery whether the machine runs on its battery now
   */
  record Terms(
      TuningStore store,
      MiningPlan plan,
      int cores,
      MiningShape usual,
      FixedSettings fixed,
      TuningRule rule,
      String version,
      BooleanSupplier onBattery) {}

  /** More algorithms than a master hands out; and after the close nothing waits. */
  private static final int MAX_WAITING = 16;

  private final Optional<Terms> terms;
  private final AlgorithmCatalog catalog;
  private final ExecutorService executor =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MAX_WAITING),
          Thread.ofPlatform().daemon().name("tuner").factory(),
          new ThreadPoolExecutor.DiscardPolicy());

  // Guarded by this. One entry for each algorithm, mode and kind of memory that the machine has.
  private final Set<TuningKey> begun = new HashSet<>();

  /**
   * Tuning by these terms; none if it is off.
   *
   * @param catalog learns how algorithms are hashed
   */
  MiningTuning(Optional<Terms> terms, AlgorithmCatalog catalog) {
    this.terms = terms;
    this.catalog = catalog;
  }

  /**
   * A seed is ready, and nothing has been hashed under it yet: a shape that is known is used at
   * once. Returns soon.
   *
   * @param capabilitiesChanged run when this worker hashes otherwise than before
   */
  void prepared(Miner miner, PreparedSeed seed, Runnable capabilitiesChanged) {
    terms.ifPresent(known -> prepared(known, miner, seed, capabilitiesChanged));
  }

  private void prepared(Terms known, Miner miner, PreparedSeed seed, Runnable capabilitiesChanged) {
    TuningKey key =
        TuningKey.of(seed, known.plan().places().size(), known.version(), known.fixed());
    MiningShape usual = known.usual().withLanes(seed.lanes());
    Optional<MiningShape> stored =
        known
            .store()
            .find(key)
            .map(found -> found.shape(usual, known.plan()))
            .filter(shape -> shape.threads() <= miner.threadCount());
    if (stored.isPresent()) {
      use(miner, seed.algorithm(), seed.mode(), stored.get());
      if (begin(key)) {
        catalog.learnTuning(seed.algorithm(), TuningState.STORED);
        WorkLog.tuningFound(seed.algorithm(), stored.get());
      }
      return;
    }
    TuningChoices choices =
        TuningChoices.of(
            usual, known.plan(), known.cores(), seed.mostLanes(), seed.tables() > 1, known.fixed());
    if (choices.measured(usual) > 0 && begin(key)) {
      Work work = new Work(known, miner, key, seed.algorithm(), seed.mode(), usual, choices);
      executor.execute(() -> tune(work, capabilitiesChanged));
    }
  }

  private synchronized boolean begin(TuningKey key) {
    return begun.add(key);
  }

  private synchronized void forget(TuningKey key) {
    begun.remove(key);
  }

  private record Work(
      Terms terms,
      Miner miner,
      TuningKey key,
      PowAlgorithm algorithm,
      HashingMode mode,
      MiningShape usual,
      TuningChoices choices) {}

  private void tune(Work work, Runnable capabilitiesChanged) {
    catalog.learnTuning(work.algorithm(), TuningState.MEASURING);
    TuningState state = TuningState.DEFAULT;
    try {
      TuningResult result =
          new Tuner(work.miner(), work.terms().onBattery(), work.terms().rule())
              .tune(work.algorithm(), work.mode(), work.usual(), work.choices(), trial -> {});
      WorkLog.tuned(work.algorithm(), result);
      use(work.miner(), work.algorithm(), work.mode(), result.shape());
      state = TuningState.TUNED;
      if (result.complete()) {
        keep(work, result);
      } else {
        forget(work.key());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // The worker ends.
    } catch (RuntimeException e) {
      WorkLog.cannotTune(work.algorithm(), e);
    } finally {
      catalog.learnTuning(work.algorithm(), state);
      capabilitiesChanged.run();
    }
  }

  private void use(Miner miner, PowAlgorithm algorithm, HashingMode mode, MiningShape shape) {
    miner.setShape(algorithm, mode, shape);
    catalog.learnShape(algorithm, shape.threads(), shape.lanes());
  }

  private static void keep(Work work, TuningResult result) {
    try {
      work.terms().store().keep(work.key(), StoredTuning.of(result));
    } catch (IOException e) {
      WorkLog.tuningNotKept(e);
    }
  }

  /** Ends what is being measured; its algorithm stays in the best shape so far. */
  @Override
  public void close() {
    executor.shutdownNow();
  }
}
