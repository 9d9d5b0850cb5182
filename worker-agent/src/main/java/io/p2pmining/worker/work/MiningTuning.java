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
import io.p2pmining.worker.machine.MiningChoice;
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
import org.jspecify.annotations.Nullable;

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
      BooleanSupplier onBattery) {

    /** The same for other threads. */
    Terms on(MiningChoice threads, FixedSettings nowFixed) {
      return new Terms(
          store,
          plan,
          cores,
          usual.withThreads(threads.threads(), threads.cpus()),
          nowFixed,
          rule,
          version,
          onBattery);
    }
  }

  /** More algorithms than a master hands out; and after the close nothing waits. */
  private static final int MAX_WAITING = 16;

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

  /** Guarded by this. */
  private Optional<Terms> terms;

  /** The thread that measures; guarded by this. */
  private @Nullable Thread measuring;

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
    terms().ifPresent(known -> prepared(known, miner, seed, capabilitiesChanged));
  }

  private void prepared(Terms known, Miner miner, PreparedSeed seed, Runnable capabilitiesChanged) {
    TuningKey key =
        TuningKey.of(seed, known.plan().places().size(), known.version(), known.fixed());
    MiningShape usual = known.usual().asChosenFor(seed);
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

  private synchronized Optional<Terms> terms() {
    return terms;
  }

  /**
   * Has every algorithm hashed on other threads from now on, and ends what is being measured on
   * those until now. Returns soon.
   *
   * @param threads how many and where; not more than the miner has
   * @param fixed what is set and not tuned from now on
   * @param capabilitiesChanged run when this worker hashes otherwise than before
   */
  void changeThreads(
      Miner miner, MiningChoice threads, FixedSettings fixed, Runnable capabilitiesChanged) {
    synchronized (this) {
      terms = terms.map(known -> known.on(threads, fixed));
      if (measuring != null) {
        measuring.interrupt();
      }
    }
    executor.execute(
        () -> {
          for (PowAlgorithm algorithm : catalog.all()) {
            for (HashingMode mode : algorithm.modes()) {
              MiningShape shape = miner.shape(algorithm, mode);
              miner.setShape(algorithm, mode, shape.withThreads(threads.threads(), threads.cpus()));
            }
          }
          catalog.learnThreads(threads.threads());
          capabilitiesChanged.run();
        });
  }

  /** Whether these terms still hold; if they do, this thread measures by them. */
  private synchronized boolean takeUp(Terms known) {
    boolean holds = terms.filter(now -> now == known).isPresent();
    measuring = holds ? Thread.currentThread() : null;
    return holds;
  }

  private synchronized void putDown() {
    measuring = null;
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
    if (!takeUp(work.terms())) {
      forget(work.key());
      return;
    }
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
      Thread.currentThread().interrupt(); // The worker ends, or hashes on other threads.
    } catch (RuntimeException e) {
      WorkLog.cannotTune(work.algorithm(), e);
    } finally {
      putDown();
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
