package io.p2pmining.core.miner;

import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.core.pow.PreparedSeed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/**
 * The prepared seeds: at most {@link #MAX_ALIVE}, least recently used first. Says what to prepare
 * next and frees what is in the way. Every method needs the miner's lock.
 *
 * <p>While a seed is prepared another may stand in for it under its key; that one is not counted.
 *
 * <p>A seed is needed while a task waits for it or uses it, and is then never retired. One other
 * seed may be expected: it is prepared when nothing needed is missing and memory allows.
 */
final class SeedStore {

  /** The seed in use and the one before or after it. */
  static final int MAX_ALIVE = 2;

  /** Memory may come back without anyone telling us. */
  private static final long RECHECK_SECONDS = 5;

  /** Other processes let go of a seed within the time that a hash and a job's way take. */
  private static final Duration SHARED_PATIENCE = Duration.ofSeconds(20);

  /** What the preparing thread is to do. */
  sealed interface Step {
    /**
     * Prepare this seed; {@code urgent} if tasks wait for it and nothing else is mined, and with
     * copies for other nodes if memory allows it.
     */
    record Prepare(SeedKey key, boolean urgent, boolean copies) implements Step {}

    /** Give this seed up. */
    record Refuse(SeedKey key, String reason) implements Step {}

    /** Look again after a change. */
    record Wait() implements Step {}
  }

  private final MinerSettings settings;
  private final MinerClock clock;
  private final Condition changed;
  private final Shapes shapes;
  private final Map<SeedKey, SharedSeed> alive = new LinkedHashMap<>();
  private List<SeedKey> needed = List.of();
  private @Nullable SeedKey expected;
  private @Nullable SeedKey preparing;
  private @Nullable Thread preparer;
  private long preparations;

  /** Since when there is no memory for a needed seed, while others may free theirs. */
  private OptionalLong shortSinceNanos = OptionalLong.empty();

  SeedStore(MinerSettings settings, MinerClock clock, Condition changed) {
    this.settings = settings;
    this.clock = clock;
    this.changed = changed;
    this.shapes = new Shapes(settings.shape());
  }

  /** How threads hash an algorithm in a mode. */
  MiningShape shapeOf(PowAlgorithm algorithm, HashingMode mode) {
    return shapes.of(algorithm, mode);
  }

  /** Has threads hash an algorithm otherwise; they change over when their claims are hashed. */
  void setShape(PowAlgorithm algorithm, HashingMode mode, MiningShape shape) {
    if (shapes.choose(algorithm, mode, shape)) {
      alive.values().forEach(seed -> seed.setShape(shapes.of(seed.prepared)));
      changed.signalAll();
    }
  }

  /** Goes back from a shape that does not work to the usual one; false if that is the one. */
  boolean giveUpShape(SharedSeed seed, MiningShape failed) {
    if (failed.equals(shapes.usual())) {
      return false;
    }
    if (failed.equals(shapes.of(seed.prepared))) {
      setShape(seed.prepared.algorithm(), seed.prepared.mode(), shapes.usual());
    }
    seed.setShape(shapes.of(seed.prepared));
    return true;
  }

  /** Sets the seeds that tasks need, most urgent first. */
  void setNeeded(List<SeedKey> needed) {
    this.needed = needed;
    for (SharedSeed seed : alive.values()) {
      if (needed.contains(seed.key)) {
        seed.setRetired(false);
      }
    }
    reconsider();
  }

  /** Sets the seed that is likely to be needed later; null if none is known. */
  void setExpected(@Nullable SeedKey expected) {
    this.expected = expected;
    reconsider();
  }

  private void reconsider() {
    if (preparing != null && preparer != null && !isWorthFinishing(preparing)) {
      preparer.interrupt();
    }
    changed.signalAll();
  }

  /**
   * Whether tasks wait for the seed that is being prepared; or, if no others do for another, it is
   * expected, or has been used through the one that stands in for it: that tasks under it have run
   * out does not mean that no more will come.
   */
  private boolean isWorthFinishing(SeedKey key) {
    return needed.contains(key)
        || (missing() == null && (key.equals(expected) || alive.containsKey(key)));
  }

  /** The first needed seed that is neither ready nor being prepared. */
  private @Nullable SeedKey missing() {
    for (SeedKey key : needed) {
      if (!alive.containsKey(key) && !key.equals(preparing)) {
        return key;
      }
    }
    return null;
  }

  boolean isReady(SeedKey key) {
    SharedSeed seed = alive.get(key);
    return seed != null && !seed.isRetired();
  }

  /** Hands a ready seed to a thread that will {@link #release} it; null if it is not ready. */
  @Nullable SharedSeed acquire(SeedKey key) {
    SharedSeed seed = alive.remove(key);
    if (seed == null) {
      return null;
    }
    alive.put(key, seed);
    if (seed.isRetired()) {
      return null;
    }
    seed.addUser();
    return seed;
  }

  void release(SharedSeed seed) {
    seed.removeUser();
    if (seed.isRetired() && seed.isUnused()) {
      free(seed);
    }
  }

  private void free(SharedSeed seed) {
    alive.remove(seed.key, seed);
    seed.prepared.close();
    changed.signalAll();
  }

  /** What to do next. Retires seeds that are in the way of a more urgent one. */
  Step next(boolean mining) {
    SeedKey key = missing();
    if (key != null) {
      return prepareNeeded(key, mining);
    }
    if (expected == null || alive.containsKey(expected)) {
      return new Step.Wait();
    }
    retireUnneeded(MAX_ALIVE - 1, 0);
    return alive.size() < MAX_ALIVE && hasMemoryForCopiesOf(expected)
        ? new Step.Prepare(expected, false, true)
        : new Step.Wait();
  }

  /** Does without copies only where no other seed could make room for them. */
  private Step prepareNeeded(SeedKey key, boolean mining) {
    retireUnneeded(MAX_ALIVE - 1, memoryNeededFor(key) + copyBytes(key));
    if (alive.size() < MAX_ALIVE && hasMemoryForCopiesOf(key)) {
      shortSinceNanos = OptionalLong.empty();
      return new Step.Prepare(key, !mining, true);
    }
    if (hasRoomBesideNeeded() && hasMemoryFor(key)) {
      shortSinceNanos = OptionalLong.empty();
      return new Step.Prepare(key, !mining, false);
    }
    return alive.isEmpty() && !othersMayFreeMemory()
        ? new Step.Refuse(key, shortage(key))
        : new Step.Wait();
  }

  /**
   * Whether it is worth waiting for other processes to free what they share with this one: all
   * change to the next seed at about the same time, but memory comes back with the last of them.
   */
  private boolean othersMayFreeMemory() {
    if (!settings.engine().sharing().isOn()) {
      return false;
    }
    long now = clock.nanoTime();
    if (shortSinceNanos.isEmpty()) {
      shortSinceNanos = OptionalLong.of(now);
    }
    return now - shortSinceNanos.getAsLong() < SHARED_PATIENCE.toNanos();
  }

  /** Whether another seed may be alive, and none of those that are will be freed soon. */
  private boolean hasRoomBesideNeeded() {
    return alive.size() < MAX_ALIVE && alive.values().stream().noneMatch(SharedSeed::isRetired);
  }

  /** Retires unneeded seeds until few enough are alive and enough memory is free. */
  private void retireUnneeded(int maxAlive, long memoryBytes) {
    for (SharedSeed seed : new ArrayList<>(alive.values())) {
      boolean inTheWay = alive.size() > maxAlive || availableBytes() < memoryBytes;
      if (inTheWay && !seed.isRetired() && !needed.contains(seed.key)) {
        seed.setRetired(true);
        if (seed.isUnused()) {
          free(seed);
        }
        changed.signalAll();
      }
    }
  }

  private boolean hasMemoryFor(SeedKey key) {
    return availableBytes() >= memoryNeededFor(key);
  }

  private boolean hasMemoryForCopiesOf(SeedKey key) {
    return availableBytes() >= memoryNeededFor(key) + copyBytes(key);
  }

  private long copyBytes(SeedKey key) {
    return settings.engine().copies() * key.algorithm().copyBytes(key.mode());
  }

  private long availableBytes() {
    return settings.availableMemoryBytes().getAsLong();
  }

  private long memoryNeededFor(SeedKey key) {
    return key.algorithm().bytesToPrepare(key.seed(), key.mode(), settings.engine())
        + (long) threadsFor(key) * settings.engine().mostLanes() * key.algorithm().hasherBytes()
        + settings.memoryReserveBytes().getAsLong();
  }

  private int threadsFor(SeedKey key) {
    return Math.max(settings.threads(), shapes.of(key.algorithm(), key.mode()).threads());
  }

  /** What to tell an operator whose nodes get no copies. */
  String shortageForCopies(SeedKey key) {
    return "one dataset for all %d NUMA nodes, which is slower than one for each: %d MiB more are needed, %d MiB are available"
        .formatted(
            settings.engine().nodes().size(),
            mebibytes(memoryNeededFor(key) + copyBytes(key) - availableBytes()),
            mebibytes(availableBytes()));
  }

  private String shortage(SeedKey key) {
    return "not enough memory: %s in %s mode on %d threads needs %d MiB, of which %d MiB stay free for others, but %d MiB are available; free memory or use fewer threads"
        .formatted(
            key.algorithm().name(),
            key.mode().name().toLowerCase(Locale.ROOT),
            threadsFor(key),
            mebibytes(memoryNeededFor(key)),
            mebibytes(settings.memoryReserveBytes().getAsLong()),
            mebibytes(availableBytes()));
  }

  private static long mebibytes(long bytes) {
    return bytes >> 20;
  }

  /** Waits for a change, or for a while. */
  void awaitChange() throws InterruptedException {
    changed.await(RECHECK_SECONDS, TimeUnit.SECONDS);
  }

  void preparationStarted(SeedKey key, Thread thread) {
    preparing = key;
    preparer = thread;
    preparations++;
  }

  /**
   * Another seed can stand in for the one being prepared.
   *
   * @param percent for how much of the time threads may hash under it
   */
  void interimReady(SeedKey key, PreparedSeed interim, int percent) {
    put(SharedSeed.interim(key, interim, percent, shapes.of(interim)));
  }

  /** The seed being prepared is ready. */
  void preparationSucceeded(SeedKey key, PreparedSeed prepared) {
    put(SharedSeed.of(key, prepared, shapes.of(prepared)));
    preparationEnded();
  }

  /** Makes a seed the one of its key; threads change over from the one before. */
  private void put(SharedSeed seed) {
    supersede(alive.put(seed.key, seed));
    changed.signalAll();
  }

  private void supersede(@Nullable SharedSeed seed) {
    if (seed != null) {
      seed.supersede();
      if (seed.isUnused()) {
        free(seed);
      }
    }
  }

  /** Gives a seed up under which nothing can be computed. */
  void discard(SharedSeed seed) {
    if (alive.remove(seed.key, seed)) {
      supersede(seed);
      changed.signalAll();
    }
  }

  /** Whether a thread is to hash under the seed of this key, if there is one. */
  boolean isFor(SeedKey key, int thread) {
    SharedSeed seed = alive.get(key);
    return seed == null || (thread < seed.shape().threads() && !seed.suspects().get(thread));
  }

  /** How many preparations have begun. */
  long preparations() {
    return preparations;
  }

  /** Whether something is being prepared. */
  boolean isPreparing() {
    return preparing != null;
  }

  /** The seed being prepared, or refused, cannot be had; it is no longer expected. */
  void preparationFailed(SeedKey key) {
    preparationAbandoned(key);
    if (key.equals(expected)) {
      expected = null;
    }
  }

  /** The seed being prepared was given up; what stands in for it goes with it. */
  void preparationAbandoned(SeedKey key) {
    supersede(alive.remove(key));
    preparationEnded();
  }

  private void preparationEnded() {
    preparing = null;
    preparer = null;
    changed.signalAll();
  }

  /** Whether the seed of this key is another that stands in for it. */
  boolean isInterim(SeedKey key) {
    SharedSeed seed = alive.get(key);
    return seed != null && seed.isInterim();
  }

  /** Frees everything that no thread holds; the rest is freed as it is released. */
  void close() {
    needed = List.of();
    expected = null;
    if (preparer != null) {
      preparer.interrupt();
    }
    for (Iterator<SharedSeed> i = alive.values().iterator(); i.hasNext(); ) {
      SharedSeed seed = i.next();
      seed.setRetired(true);
      if (seed.isUnused()) {
        i.remove();
        seed.prepared.close();
      }
    }
    changed.signalAll();
  }
}
