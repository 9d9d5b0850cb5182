package io.p2pmining.core.miner;

import io.p2pmining.core.pow.HashPipeline;
import io.p2pmining.core.pow.PipelineShape;
import java.util.Optional;
import java.util.OptionalInt;
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
  private OptionalInt cpu = OptionalInt.empty();

  /** The shape of the lanes in hand; read by any thread. */
  private volatile @Nullable MiningShape heldShape;

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

  /**
   * Whether it should let go of its lanes while there is nothing for it to do: their memory is
   * wanted for another seed, or it stands by. For itself only.
   */
  boolean holdsUseless() {
    return seed != null && (seed.isRetired() || index >= seed.shape().threads());
  }

  /** The shape in which this thread hashes; null while it holds no lanes. Any thread may ask. */
  @Nullable MiningShape heldShape() {
    return heldShape;
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
    place(settings.cpuOf(index));
  }

  private void place(OptionalInt wanted) {
    cpu = wanted;
    try {
      settings.threadSetup().place(index, wanted);
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
    if (seed != null && seed.key.equals(key) && lanes != null && !lanes.isOutdated()) {
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
    MiningShape shape = acquired.shape();
    if (!shape.cpuOf(index).equals(cpu)) {
      place(shape.cpuOf(index));
    }
    Optional<String> fault;
    try {
      fault = makeLanes(acquired, shape).fault();
    } catch (RuntimeException e) {
      if (miner.gaveUp(acquired, shape, ListenerCall.sentenceFor(e))) {
        dropLanes();
        return;
      }
      throw e;
    }
    if (fault.isEmpty()) {
      heldShape = shape;
      miner.passed(acquired);
      return;
    }
    if (!miner.gaveUp(acquired, shape, fault.get())) {
      miner.faulty(index, acquired, fault.get());
    }
    dropLanes();
  }

  private Lanes makeLanes(SharedSeed acquired, MiningShape shape) {
    HashPipeline pipeline = acquired.prepared.newPipeline(pipelineShape(shape));
    Lanes made = new Lanes(miner, listener, index, acquired, shape, pipeline, pace, hashes);
    lanes = made;
    return made;
  }

  private PipelineShape pipelineShape(MiningShape shape) {
    int node = cpu.isPresent() ? settings.engine().nodeOf(cpu.getAsInt()) : PipelineShape.ANY_NODE;
    return new PipelineShape(shape.lanes(), shape.prefetch(), shape.scratchpadPages(), node);
  }

  /** Lets go of the pipeline and its seed; the lanes hold no nonces. */
  void dropLanes() {
    try {
      if (lanes != null) {
        lanes.close();
      }
    } finally {
      lanes = null;
      heldShape = null;
      if (seed != null) {
        miner.release(seed);
        seed = null;
      }
    }
  }
}
