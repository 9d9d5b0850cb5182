package io.p2pmining.core.miner;

import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.PowAlgorithm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Searches nonce ranges on a fixed number of threads. Tasks are searched in the order in which they
 * were submitted, with no pause between them; a task whose seed is not ready waits while the next
 * one that can be searched is. Safe for use by any thread.
 *
 * <p>Memory: each thread holds one pipeline; at most two prepared seeds are alive. Trouble with a
 * task ends that task, told to the listener, never the miner.
 *
 * <p>How: {@link #current} is what the threads search; they read it once a claim of nonces and take
 * the lock only when it is null or exhausted. Everything else is guarded by the lock. Cancelling
 * marks the search itself, which threads look at before each batch of hashes. Only the preparing
 * thread prepares seeds, so there is one preparation at a time.
 */
public final class Miner implements AutoCloseable {

  /** How many tasks may be open at once: the one being searched and those queued behind it. */
  public static final int MAX_TASKS = 32;

  private static final System.Logger LOG = System.getLogger(Miner.class.getName());

  /** A clean stop takes no longer than this; the slowest hash is far below it. */
  private static final Duration STOP_LIMIT = Duration.ofMillis(1000);

  private final MinerSettings settings;
  private final MinerListener listener;
  private final MinerClock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final SeedStore seeds;
  private final SeedPreparer preparer;
  private final EnumSet<PauseReason> pauseReasons = EnumSet.noneOf(PauseReason.class);
  private final BitSet faulty = new BitSet();
  private final List<RangeSearch> open = new ArrayList<>();
  private final List<MiningThread> miningThreads = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  private volatile @Nullable RangeSearch current;
  private volatile boolean paused;
  private volatile int throttlePercent = Pace.FULL_PERCENT;
  private boolean closed;

  /** Grows with everything that makes threads hash more slowly or otherwise for a while. */
  private long disturbances;

  private Miner(MinerSettings settings, MinerListener listener, MinerClock clock) {
    this.settings = settings;
    this.listener = listener;
    this.clock = clock;
    this.seeds = new SeedStore(settings, clock, changed);
    this.preparer = new SeedPreparer(this, seeds, lock, settings, listener);
  }

  /** Starts the threads, which wait for the first task. */
  public static Miner start(MinerSettings settings, MinerListener listener) {
    return start(settings, listener, MinerClock.system());
  }

  static Miner start(MinerSettings settings, MinerListener listener, MinerClock clock) {
    Miner miner = new Miner(settings, listener, clock);
    for (int i = 0; i < settings.allThreads(); i++) {
      MiningThread thread = new MiningThread(miner, i, settings, listener);
      miner.miningThreads.add(thread);
      miner.threads.add(Thread.ofPlatform().daemon().name("miner-" + i).unstarted(thread));
    }
    miner.threads.add(Thread.ofPlatform().daemon().name("seed-preparer").unstarted(miner.preparer));
    miner.threads.forEach(Thread::start);
    return miner;
  }

  /**
   * Queues a task.
   *
   * @throws IllegalStateException if {@link #MAX_TASKS} tasks are open or the miner is closed
   */
  public void submit(MiningTask task) {
    lock.lock();
    try {
      if (closed || open.size() >= MAX_TASKS) {
        throw new IllegalStateException(
            closed ? "the miner is closed" : "too many tasks: limit=" + MAX_TASKS);
      }
      open.add(new RangeSearch(task, settings.allThreads()));
      tasksChanged();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Stops searching a task; every thread leaves it after the hashes it is at. A share which such
   * last hashes find is still reported.
   *
   * @return whether the task was still open
   */
  public boolean cancel(MiningTask task) {
    lock.lock();
    try {
      RangeSearch search = find(task);
      return search != null && close(search);
    } finally {
      lock.unlock();
    }
  }

  /** That many of an open task's first nonces have all been hashed; empty if it is not open. */
  public OptionalLong searched(MiningTask task) {
    lock.lock();
    try {
      RangeSearch search = find(task);
      return search == null ? OptionalLong.empty() : OptionalLong.of(search.searched());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Names the seed that tasks are going to need next; it is prepared on one thread while the others
   * mine, if memory allows. Null if none is known.
   */
  public void expectSeed(@Nullable SeedKey seed) {
    lock.lock();
    try {
      seeds.setExpected(seed);
    } finally {
      lock.unlock();
    }
  }

  /** Pauses for {@link PauseReason#REQUEST}. */
  public void pause() {
    pause(PauseReason.REQUEST);
  }

  /** Withdraws {@link PauseReason#REQUEST}. */
  public void resume() {
    resume(PauseReason.REQUEST);
  }

  /**
   * Stops hashing until this reason and every other is withdrawn, each thread after the hashes it
   * is at; tasks stay and nothing of them is lost.
   *
   * @return whether the reason is new
   */
  public boolean pause(PauseReason reason) {
    return changePauseReasons(reasons -> reasons.add(reason));
  }

  /**
   * Withdraws a reason to pause; hashing goes on if it was the last.
   *
   * @return whether it was one
   */
  public boolean resume(PauseReason reason) {
    return changePauseReasons(reasons -> reasons.remove(reason));
  }

  private boolean changePauseReasons(Predicate<Set<PauseReason>> change) {
    lock.lock();
    try {
      boolean changedAny = change.test(pauseReasons);
      if (changedAny) {
        disturbances++;
        paused = !pauseReasons.isEmpty();
        select();
        changed.signalAll();
      }
      return changedAny;
    } finally {
      lock.unlock();
    }
  }

  /** Why hashing is paused at present; empty if it is not. */
  public Set<PauseReason> pauseReasons() {
    lock.lock();
    try {
      return Collections.unmodifiableSet(EnumSet.copyOf(pauseReasons));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Sets for how much of the time each thread hashes; it rests between hashes for the remainder, so
   * that it comes out even over about a second. Takes effect at once.
   *
   * @param percent 1 to 100; 100 at first
   */
  public void setThrottle(int percent) {
    if (percent < 1 || percent > Pace.FULL_PERCENT) {
      throw new IllegalArgumentException("percent=" + percent + ", must be 1 to 100");
    }
    lock.lock();
    try {
      disturbances++;
      throttlePercent = percent;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** For how much of the time each thread hashes, in percent. */
  public int throttle() {
    return throttlePercent;
  }

  public MinerState state() {
    lock.lock();
    try {
      if (closed) {
        return MinerState.STOPPED;
      }
      if (paused) {
        return MinerState.PAUSED;
      }
      boolean waiting = current == null && open.stream().anyMatch(s -> !s.isExhausted());
      return open.isEmpty() ? MinerState.IDLE : waiting ? MinerState.PREPARING : MinerState.MINING;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Whether what is searched now is hashed in a lesser mode than its seed's, for example in light
   * mode while the dataset is built: at a small part of the speed and of the time.
   */
  public boolean isInterim() {
    lock.lock();
    try {
      RangeSearch search = current;
      return search != null && seeds.isInterim(search.task.seed());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Has threads hash an algorithm in another way from now on, each when the nonces that it has
   * claimed are hashed: nothing stops for it and nothing is lost. If a pipeline of that shape
   * cannot be made or computes wrong hashes, the usual shape comes back, and {@link #shape} says
   * so.
   *
   * @throws IllegalArgumentException if the shape has more threads than {@link #threadCount()}
   */
  public void setShape(PowAlgorithm algorithm, HashingMode mode, MiningShape shape) {
    if (shape.threads() > threadCount()) {
      throw new IllegalArgumentException("shape=" + shape + ", threads=" + threadCount());
    }
    lock.lock();
    try {
      seeds.setShape(algorithm, mode, shape);
    } finally {
      lock.unlock();
    }
  }

  /** How threads hash an algorithm, or would. */
  public MiningShape shape(PowAlgorithm algorithm, HashingMode mode) {
    lock.lock();
    try {
      return seeds.shapeOf(algorithm, mode);
    } finally {
      lock.unlock();
    }
  }

  /** Whether all threads that an algorithm's shape has use for hash in that shape by now. */
  public boolean hasSettled(PowAlgorithm algorithm, HashingMode mode) {
    lock.lock();
    try {
      MiningShape shape = seeds.shapeOf(algorithm, mode);
      return miningThreads.stream()
          .filter(thread -> !faulty.get(thread.index()))
          .allMatch(
              thread -> thread.heldShape() == (thread.index() < shape.threads() ? shape : null));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Whether an algorithm is hashed in a mode, as fast as its shape allows: not paused or throttled,
   * not short of nonces, and nothing is being prepared beside it.
   *
   * @return a number that stays the same as long as that has been so without a break; empty if it
   *     is not so
   */
  public OptionalLong undisturbed(PowAlgorithm algorithm, HashingMode mode) {
    lock.lock();
    try {
      RangeSearch search = current;
      boolean hashed =
          search != null
              && search.task.seed().algorithm() == algorithm
              && search.task.seed().mode() == mode
              && !seeds.isInterim(search.task.seed());
      return hashed && throttlePercent == Pace.FULL_PERCENT && !seeds.isPreparing()
          ? OptionalLong.of(disturbances + seeds.preparations())
          : OptionalLong.empty();
    } finally {
      lock.unlock();
    }
  }

  /** The number of mining threads, those included that stand by. */
  public int threadCount() {
    return miningThreads.size();
  }

  /** Hashes of one thread since the miner started; brought up to date once a batch. */
  public long hashes(int thread) {
    return miningThreads.get(thread).hashes();
  }

  /** Hashes of all threads since the miner started. */
  public long totalHashes() {
    long total = 0;
    for (MiningThread thread : miningThreads) {
      total += thread.hashes();
    }
    return total;
  }

  /**
   * Stops all threads after the hashes they are at and frees the seeds. Returns soon after a second
   * at the latest; what a thread still holds then is freed when it ends.
   */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      open.forEach(RangeSearch::end);
      open.clear();
      current = null;
      seeds.close();
    } finally {
      lock.unlock();
    }
    joinThreads();
  }

  private void joinThreads() {
    long deadline = System.nanoTime() + STOP_LIMIT.toNanos();
    boolean interrupted = false;
    for (Thread thread : threads) {
      try {
        Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
        if (thread != Thread.currentThread() && !left.isZero()) {
          thread.join(left);
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  // What the mining threads call.

  @Nullable RangeSearch current() {
    return current;
  }

  /** Waits for something to search; null once the miner is closed. */
  @Nullable RangeSearch awaitSearch(MiningThread thread) {
    lock.lock();
    try {
      while (!closed) {
        RangeSearch search = current;
        if (search != null && mayMine(thread.index(), search.task.seed())) {
          return search;
        }
        if (thread.holdsUseless()) {
          thread.dropLanes();
        } else {
          changed.awaitUninterruptibly();
        }
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  boolean isPaused() {
    return paused;
  }

  /**
   * Waits until hashing may go on and the thread has rested enough, or until there is neither
   * anything wanted in hand nor anything to search.
   */
  void rest(Lanes lanes, Pace pace) {
    lock.lock();
    try {
      while (!closed && (current != null || lanes.holdsWanted())) {
        long nanos = pace.restNanos();
        if (paused) {
          changed.awaitUninterruptibly();
        } else if (nanos > 0) {
          clock.await(changed, nanos);
        } else {
          return;
        }
      }
    } finally {
      lock.unlock();
    }
  }

  long nanoTime() {
    return clock.nanoTime();
  }

  /** Moves on from a search that has no nonces left. */
  void selectNext() {
    lock.lock();
    try {
      select();
    } finally {
      lock.unlock();
    }
  }

  @Nullable SharedSeed acquire(SeedKey key) {
    lock.lock();
    try {
      return seeds.acquire(key);
    } finally {
      lock.unlock();
    }
  }

  void release(SharedSeed seed) {
    lock.lock();
    try {
      seeds.release(seed);
    } finally {
      lock.unlock();
    }
  }

  /** A thread computed right hashes under a seed, if it could be tested. */
  void passed(SharedSeed seed) {
    lock.lock();
    try {
      seed.trust();
      faulty.or(seed.suspects());
    } finally {
      lock.unlock();
    }
  }

  /** A thread computed wrong hashes under a seed. */
  void faulty(int thread, SharedSeed seed, String fault) {
    List<RangeSearch> hopeless = suspect(thread, seed) ? giveUp(seed) : List.of();
    ListenerCall.run(
        () ->
            listener.threadFaulty(
                thread, FaultSentence.ofThread(seed.shape(), thread, seed.key, fault)));
    hopeless.forEach(search -> failed(search, FaultSentence.ofSeed(seed.key, fault)));
  }

  /**
   * Bars a thread from a seed, or for good if others compute right hashes under it; true if none is
   * left. Then the fault is no single thread's, and all may try their luck with the next seed.
   */
  private boolean suspect(int thread, SharedSeed seed) {
    lock.lock();
    try {
      disturbances++;
      seed.suspects().set(thread);
      if (seed.isTrusted()) {
        faulty.set(thread);
      }
      BitSet barred = (BitSet) faulty.clone();
      barred.or(seed.suspects());
      int mining = seed.shape().threads();
      boolean all = barred.get(0, mining).cardinality() == mining;
      if (all && faulty.get(0, mining).cardinality() == mining) {
        faulty.clear();
      }
      return all;
    } finally {
      lock.unlock();
    }
  }

  /**
   * A thread could not hash in a shape. True if there is another, which it is to try; false if it
   * was the usual one.
   */
  boolean gaveUp(SharedSeed seed, MiningShape shape, String reason) {
    lock.lock();
    try {
      if (!seeds.giveUpShape(seed, shape)) {
        return false;
      }
      disturbances++;
    } finally {
      lock.unlock();
    }
    LOG.log(
        System.Logger.Level.WARNING, "hashing goes on as usual, {0} failed: {1}", shape, reason);
    return true;
  }

  private List<RangeSearch> giveUp(SharedSeed seed) {
    lock.lock();
    try {
      seeds.discard(seed);
      return openWith(seed.key);
    } finally {
      lock.unlock();
    }
  }

  void completed(RangeSearch search) {
    if (closeLocked(search)) {
      ListenerCall.run(
          () -> listener.rangeCompleted(search.task, search.task.nonceCount(), search.elapsed()));
    }
  }

  /** Ends a search because a mining thread ran into trouble with it. */
  void failed(RangeSearch search, Throwable trouble) {
    LOG.log(System.Logger.Level.DEBUG, "cannot go on searching " + search.task, trouble);
    failed(search, ListenerCall.sentenceFor(trouble));
  }

  void failed(RangeSearch search, String reason) {
    if (closeLocked(search)) {
      ListenerCall.run(() -> listener.rangeFailed(search.task, search.searched(), reason));
    }
  }

  private boolean closeLocked(RangeSearch search) {
    lock.lock();
    try {
      return close(search);
    } finally {
      lock.unlock();
    }
  }

  // Everything below needs the lock, unless it says otherwise.

  private boolean mayMine(int thread, SeedKey key) {
    return !faulty.get(thread) && seeds.isFor(key, thread);
  }

  private boolean close(RangeSearch search) {
    if (!search.end()) {
      return false;
    }
    open.remove(search);
    tasksChanged();
    return true;
  }

  boolean isClosed() {
    return closed;
  }

  /** The open searches that need this seed. */
  List<RangeSearch> openWith(SeedKey seed) {
    return open.stream().filter(search -> search.task.seed().equals(seed)).toList();
  }

  private void tasksChanged() {
    seeds.setNeeded(open.stream().map(search -> search.task.seed()).distinct().toList());
    select();
  }

  /** Makes the first open search that has nonces left and a ready seed the current one. */
  void select() {
    RangeSearch last = current;
    RangeSearch next = null;
    if (!paused && !closed) {
      for (RangeSearch search : open) {
        if (!search.isExhausted() && seeds.isReady(search.task.seed())) {
          next = search;
          break;
        }
      }
    }
    if (next != last) {
      if (next == null || last == null || !next.task.seed().equals(last.task.seed())) {
        disturbances++;
      }
      current = next;
      changed.signalAll();
    }
  }

  private @Nullable RangeSearch find(MiningTask task) {
    for (RangeSearch search : open) {
      if (search.task == task) {
        return search;
      }
    }
    return null;
  }
}
