package io.p2pmining.core.miner;

import io.p2pmining.core.pow.EngineSettings;
import io.p2pmining.core.pow.Preparation;
import io.p2pmining.core.pow.PreparedSeed;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Lock;

/**
 * The preparing thread's loop: does what {@link SeedStore#next} says, one preparation at a time.
 * The miner interrupts it only while a preparation is under way that nobody wants any more.
 */
final class SeedPreparer implements Runnable {

  private static final System.Logger LOG = System.getLogger(Miner.class.getName());

  /** Enough for a first share, too little to be felt by those who prepare. */
  private static final int LEAST_INTERIM_PERCENT = 10;

  private final Miner miner;
  private final SeedStore seeds;
  private final Lock lock;
  private final MinerSettings settings;
  private final MinerListener listener;

  /**
   * A preparer that shares a miner's state.
   *
   * @param lock the miner's lock, which guards {@code seeds}
   */
  SeedPreparer(
      Miner miner, SeedStore seeds, Lock lock, MinerSettings settings, MinerListener listener) {
    this.miner = miner;
    this.seeds = seeds;
    this.lock = lock;
    this.settings = settings;
    this.listener = listener;
  }

  @Override
  public void run() {
    while (true) {
      switch (awaitStep()) {
        case SeedStore.Step.Prepare(SeedKey key, boolean urgent, boolean copies) ->
            prepare(key, urgent ? settings.preparingThreads() : 1, engine(copies));
        case SeedStore.Step.Refuse(SeedKey key, String reason) -> giveUp(key, reason);
        case SeedStore.Step.Wait() -> {
          return;
        }
      }
    }
  }

  /** What to do next; {@code Wait} only once the miner is closed. */
  private SeedStore.Step awaitStep() {
    lock.lock();
    try {
      while (!miner.isClosed()) {
        SeedStore.Step step = seeds.next(miner.current() != null);
        if (step instanceof SeedStore.Step.Wait) {
          seeds.awaitChange();
          continue;
        }
        if (step instanceof SeedStore.Step.Prepare(SeedKey key, boolean urgent, boolean copies)) {
          if (!copies) {
            LOG.log(System.Logger.Level.WARNING, seeds.shortageForCopies(key));
          }
          seeds.preparationStarted(key, Thread.currentThread());
        }
        return step;
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted outside a preparation", e);
    } finally {
      lock.unlock();
    }
    return new SeedStore.Step.Wait();
  }

  private EngineSettings engine(boolean copies) {
    return copies ? settings.engine() : settings.engine().withNodes(List.of());
  }

  private void prepare(SeedKey key, int threads, EngineSettings engine) {
    long startedNanos = System.nanoTime();
    try {
      tellProgress(key, 0);
      Preparation preparation =
          new Preparation(
              threads,
              done -> tellProgress(key, done),
              engine,
              interim -> interimReady(key, interim, threads));
      PreparedSeed prepared = key.algorithm().prepare(key.seed(), key.mode(), preparation);
      Duration took = Duration.ofNanos(System.nanoTime() - startedNanos);
      ListenerCall.run(() -> listener.seedPrepared(key, prepared, took));
      ready(key, prepared);
    } catch (InterruptedException e) {
      abandon(key);
    } catch (Throwable e) {
      giveUp(key, ListenerCall.sentenceFor(e));
    }
  }

  private void tellProgress(SeedKey key, double fraction) {
    ListenerCall.run(() -> listener.seedPreparing(key, fraction));
  }

  private void interimReady(SeedKey key, PreparedSeed interim, int preparing) {
    ListenerCall.run(() -> listener.seedInterim(key, interim));
    lock.lock();
    try {
      seeds.interimReady(key, interim, interimPercent(settings.threads(), preparing));
      if (miner.isClosed()) {
        seeds.close();
      }
      miner.select();
    } finally {
      lock.unlock();
    }
  }

  /**
   * For how much of the time threads hash under an interim seed, so that those that prepare have
   * their processors nearly to themselves: what interim hashes are worth is soon made up for by the
   * full seed. Lowering the threads' priority instead could not be undone without privileges.
   *
   * @param mining how many threads hash
   * @param preparing how many threads prepare
   */
  static int interimPercent(int mining, int preparing) {
    return Math.max(LEAST_INTERIM_PERCENT, Pace.FULL_PERCENT * (mining - preparing) / mining);
  }

  private void ready(SeedKey key, PreparedSeed prepared) {
    lock.lock();
    try {
      clearInterrupt();
      seeds.preparationSucceeded(key, prepared);
      if (miner.isClosed()) {
        seeds.close();
      }
      miner.select();
    } finally {
      lock.unlock();
    }
  }

  private void abandon(SeedKey key) {
    lock.lock();
    try {
      clearInterrupt();
      seeds.preparationAbandoned(key);
    } finally {
      lock.unlock();
    }
  }

  private void giveUp(SeedKey key, String reason) {
    List<RangeSearch> hopeless;
    lock.lock();
    try {
      clearInterrupt();
      seeds.preparationFailed(key);
      hopeless = miner.openWith(key);
    } finally {
      lock.unlock();
    }
    ListenerCall.run(() -> listener.seedFailed(key, reason));
    hopeless.forEach(search -> miner.failed(search, reason));
  }

  /** An interrupt meant for the preparation may come after its end; it must not last longer. */
  private static void clearInterrupt() {
    boolean ignored = Thread.interrupted();
  }
}
