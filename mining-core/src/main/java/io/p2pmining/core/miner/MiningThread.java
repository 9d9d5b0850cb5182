package io.p2pmining.core.miner;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One mining thread's loop: hold a pipeline under the seed of what is searched, and keep its lanes
 * going. All fields but the hash counter belong to this thread.
 */
final class MiningThread implements Runnable {

  private static final System.Logger LOG = System.getLogger(Miner.class.getName());

  private final Miner miner;
  private final int index;
  private final MinerSettings settings;
  private final MinerListener listener;
  private final Pace pace;
  private final AtomicLong hashes = new AtomicLong();

  private @Nullable SharedSeed seed;
  private @Nullable Lanes lanes;

  MiningThread(Miner miner, int index, MinerSettings settings, MinerListener listener) {
    this.miner = miner;
    this.index = index;
    this.settings = settings;
    this.listener = listener;
    this.pace = new Pace(miner::nanoTime, this::percent);
  }

  /** Hashes since the thread started; any thread may ask. */
  long hashes() {
    return hashes.getOpaque();
  }

  /** The number by which it is known, from 0. */
  int index() {
    return index;
  }

  /** The seed whose pipeline this thread holds; for itself only. */
  @Nullable SharedSeed heldSeed() {
    return seed;
  }

  @Override
  public void run() {
    setUp();
    try {
      while (true) {
        if (lanes != null && advance(lanes)) {
          continue;
        }
        RangeSearch search = miner.awaitSearch(this);
        if (search == null) {
          return;
        }
        holdLanesFor(search);
      }
    } finally {
      dropLanes();
    }
  }

  /** For how much of the time to hash now. */
  private int percent() {
    int most = miner.throttle();
    return seed == null ? most : Math.min(most, seed.percent());
  }

  private void setUp() {
    ThreadNiceness.apply(settings.niceness());
    try {
      settings.threadSetup().onStart(index, settings.cpuOf(index));
    } catch (Throwable e) {
      LOG.log(System.Logger.Level.WARNING, "mining thread {0} could not be set up: {1}", index, e);
    }
  }

  /** Hashes a batch; false if nothing can be hashed under the seed in hand at present. */
  private boolean advance(Lanes lanes) {
    try {
      if (miner.isPaused() || pace.isRestDue()) {
        miner.rest(lanes, pace);
        lanes.timeHashing();
      }
      lanes.dropUnwanted();
      boolean advanced = lanes.advance();
      if (!advanced) {
        pace.stop();
      }
      return advanced;
    } catch (Throwable e) {
      lanes.fail(e);
      dropLanes();
      return false;
    }
  }

  /** Sees to it that the lanes are of the search's seed, if that is still ready. */
  private void holdLanesFor(RangeSearch search) {
    SeedKey key = search.task.seed();
    if (seed != null && seed.key.equals(key) && !seed.isSuperseded()) {
      return;
    }
    try {
      dropLanes();
      SharedSeed ready = miner.acquire(key);
      if (ready == null) {
        miner.selectNext();
      } else {
        hold(ready);
      }
    } catch (Throwable e) {
      dropLanes();
      miner.failed(search, e);
    }
  }

  /** Makes lanes of an acquired seed, and tests them before they are used. */
  private void hold(SharedSeed acquired) {
    seed = acquired;
    Lanes made =
        new Lanes(miner, listener, index, acquired, acquired.prepared.newPipeline(), pace, hashes);
    lanes = made;
    Optional<String> fault = made.fault();
    if (fault.isEmpty()) {
      miner.passed(acquired);
    } else {
      miner.faulty(index, acquired, fault.get());
      dropLanes();
    }
  }

  /** Lets go of the pipeline and its seed; the lanes hold no nonces. */
  void dropLanes() {
    try {
      if (lanes != null) {
        lanes.close();
      }
    } finally {
      lanes = null;
      if (seed != null) {
        miner.release(seed);
        seed = null;
      }
    }
  }
}
