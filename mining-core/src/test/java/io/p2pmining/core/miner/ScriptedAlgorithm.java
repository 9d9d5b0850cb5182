package io.p2pmining.core.miner;

import io.p2pmining.core.pow.EngineSettings;
import io.p2pmining.core.pow.HashPipeline;
import io.p2pmining.core.pow.Hasher;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.KnownAnswer;
import io.p2pmining.core.pow.PipelineShape;
import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.core.pow.Preparation;
import io.p2pmining.core.pow.PreparedSeed;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An algorithm whose preparations and hashes wait for a test when it wants them to, and which
 * remembers what was hashed. The hash of a nonce is the nonce spread over 32 bytes. It hashes one
 * after the other, unless made with lanes.
 */
final class ScriptedAlgorithm implements PowAlgorithm {

  static final long SEED_BYTES = 256L << 20;
  static final long HASHER_BYTES = 2L << 20;
  private static final int NONCE_OFFSET = 3;

  /** The nonce in a check's input; not in any task. */
  static final long CHECKED_NONCE = 0xffffffffL;

  private static final int ENOUGH = Integer.MAX_VALUE / 2;

  /** How the pipelines are made; zero lanes for the one that every algorithm has. */
  final int lanes;

  final boolean overlaps;

  /** How often each nonce was hashed, over all seeds. */
  final ConcurrentHashMap<Long, Integer> hashed = new ConcurrentHashMap<>();

  final Semaphore hashPermits = new Semaphore(ENOUGH);
  final Semaphore hashesBegun = new Semaphore(0);
  final Semaphore preparePermits = new Semaphore(ENOUGH);
  final Semaphore preparationsBegun = new Semaphore(0);
  final AtomicInteger preparations = new AtomicInteger();
  final AtomicInteger preparing = new AtomicInteger();
  final AtomicInteger mostPreparing = new AtomicInteger();
  final AtomicInteger interruptedPreparations = new AtomicInteger();
  final AtomicInteger alive = new AtomicInteger();
  final AtomicInteger mostAlive = new AtomicInteger();
  final AtomicInteger hashers = new AtomicInteger();
  volatile int lastPreparationThreads;
  volatile @Nullable EngineSettings lastEngine;
  volatile long failingNonce = -1;
  volatile boolean failingPreparation;
  volatile boolean failingPipelines;
  volatile int failingLanes = -1;

  /** The shapes of all pipelines that were made, in that order. */
  final Queue<PipelineShape> shapes = new ConcurrentLinkedQueue<>();

  /** What each copy beside the first table takes. */
  volatile long copyBytes;

  /** What of a seed other processes have already and share. */
  volatile long sharedBytes;

  /** Whether a light seed is offered while a full one is prepared. */
  volatile boolean offersInterim;

  // Of pipelines with lanes.

  /** The nonces of each batch that was completed, in the order of completion. */
  final Queue<List<Long>> batches = new ConcurrentLinkedQueue<>();

  /** The last input that was hashed for each nonce. */
  final ConcurrentHashMap<Long, byte[]> inputs = new ConcurrentHashMap<>();

  /** The mode in which each nonce was hashed last. */
  final ConcurrentHashMap<Long, HashingMode> modes = new ConcurrentHashMap<>();

  /** Calls of a pipeline that it does not allow. */
  final Queue<Throwable> misuses = new ConcurrentLinkedQueue<>();

  /** How often a pipeline was left without a batch under way. */
  final AtomicInteger drains = new AtomicInteger();

  /** Told the nonces of each batch when it is nearly complete, on the mining thread. */
  volatile Consumer<List<Long>> batchWatch = nonces -> {};

  /** Whether seeds offer an answer to check pipelines with. */
  volatile boolean checkable;

  /** Which pipelines compute wrong answers, and where. */
  volatile WrongAnswers wrongAnswers = (thread, seed, lane, batch) -> false;

  /** Whether the answer to a check is wrong. */
  @FunctionalInterface
  interface WrongAnswers {
    boolean at(String thread, int seed, int lane, int batch);
  }

  ScriptedAlgorithm() {
    this(0, false);
  }

  ScriptedAlgorithm(int lanes, boolean overlaps) {
    this.lanes = lanes;
    this.overlaps = overlaps;
  }

  void stopHashing() {
    hashPermits.drainPermits();
  }

  void stopPreparing() {
    preparePermits.drainPermits();
  }

  void goOnHashing() {
    hashPermits.release(ENOUGH);
  }

  @Override
  public String name() {
    return "scripted";
  }

  @Override
  public int maxSeedLength() {
    return 32;
  }

  @Override
  public Set<HashingMode> modes() {
    return EnumSet.allOf(HashingMode.class);
  }

  @Override
  public long preparedBytes(HashingMode mode) {
    return SEED_BYTES;
  }

  @Override
  public long bytesToPrepare(byte[] seed, HashingMode mode, EngineSettings engine) {
    return preparedBytes(mode) - sharedBytes;
  }

  @Override
  public long copyBytes(HashingMode mode) {
    return copyBytes;
  }

  @Override
  public long hasherBytes() {
    return HASHER_BYTES;
  }

  @Override
  public PreparedSeed prepare(byte[] seed, HashingMode mode, Preparation preparation)
      throws InterruptedException {
    preparations.incrementAndGet();
    mostPreparing.accumulateAndGet(preparing.incrementAndGet(), Math::max);
    lastPreparationThreads = preparation.threads();
    lastEngine = preparation.engine();
    preparationsBegun.release();
    if (mode == HashingMode.FULL && offersInterim) {
      preparation.interim().accept(new Prepared(seed, HashingMode.LIGHT));
    }
    try {
      preparation.progress().accept(0.5);
      preparePermits.acquire();
    } catch (InterruptedException e) {
      interruptedPreparations.incrementAndGet();
      throw e;
    } finally {
      preparing.decrementAndGet();
    }
    if (failingPreparation) {
      throw new IllegalStateException("scripted trouble");
    }
    return new Prepared(seed, mode);
  }

  private final class Prepared implements PreparedSeed {

    private final byte[] seed;
    private final HashingMode mode;
    private final AtomicInteger hashersOfThis = new AtomicInteger();

    Prepared(byte[] seed, HashingMode mode) {
      this.seed = seed;
      this.mode = mode;
      mostAlive.accumulateAndGet(alive.incrementAndGet(), Math::max);
    }

    @Override
    public PowAlgorithm algorithm() {
      return ScriptedAlgorithm.this;
    }

    @Override
    public HashingMode mode() {
      return mode;
    }

    @Override
    public byte[] seed() {
      return seed.clone();
    }

    @Override
    public String engine() {
      return "scripted";
    }

    @Override
    public String pages() {
      return "4k";
    }

    @Override
    public Duration cacheInitTime() {
      return Duration.ZERO;
    }

    @Override
    public Duration datasetInitTime() {
      return Duration.ZERO;
    }

    @Override
    public Hasher newHasher() {
      hashersOfThis.incrementAndGet();
      hashers.incrementAndGet();
      return new ScriptedHasher(hashersOfThis);
    }

    @Override
    public Optional<KnownAnswer> check() {
      byte[] hash = new byte[Hasher.HASH_LENGTH];
      spread(CHECKED_NONCE, hash);
      byte[] input = new byte[NONCE_OFFSET + MiningTask.NONCE_BYTES];
      Arrays.fill(input, (byte) 0xff);
      return checkable ? Optional.of(new KnownAnswer(input, hash)) : Optional.empty();
    }

    @Override
    public int mostLanes() {
      return EngineSettings.MAX_LANES;
    }

    @Override
    public HashPipeline newPipeline(PipelineShape shape) {
      if (failingPipelines || shape.lanes() == failingLanes) {
        throw new IllegalStateException("no memory for scripted lanes");
      }
      shapes.add(shape);
      if (lanes == 0) {
        return PreparedSeed.super.newPipeline(shape);
      }
      return new ScriptedPipeline(
          ScriptedAlgorithm.this,
          shape.lanes() == EngineSettings.AUTO_LANES ? lanes : shape.lanes(),
          seed.length == 0 ? 0 : seed[0],
          mode,
          newHasher());
    }

    @Override
    public void close() {
      if (hashersOfThis.get() != 0) {
        throw new IllegalStateException("closed with hashers: " + hashersOfThis.get());
      }
      alive.decrementAndGet();
    }
  }

  private final class ScriptedHasher implements Hasher {

    private final AtomicInteger hashersOfThis;

    ScriptedHasher(AtomicInteger hashersOfThis) {
      this.hashersOfThis = hashersOfThis;
    }

    @Override
    public void hash(byte[] input, int length, byte[] hash) {
      hashesBegun.release();
      hashPermits.acquireUninterruptibly();
      long nonce = nonceIn(input);
      if (nonce == failingNonce) {
        throw new IllegalStateException("scripted trouble");
      }
      spread(nonce, hash);
      hashed.merge(nonce, 1, Integer::sum);
    }

    @Override
    public void close() {
      hashersOfThis.decrementAndGet();
      hashers.decrementAndGet();
    }
  }

  static int nonceOffset() {
    return NONCE_OFFSET;
  }

  /** Writes a nonce's hash. */
  static void spread(long nonce, byte[] hash) {
    long mixed = mix(nonce);
    for (int i = 0; i < Hasher.HASH_LENGTH; i++) {
      hash[i] = (byte) (mixed >>> (8 * (i % 8)));
    }
  }

  static long nonceIn(byte[] input) {
    long nonce = 0;
    for (int i = MiningTask.NONCE_BYTES - 1; i >= 0; i--) {
      nonce = nonce << 8 | (input[NONCE_OFFSET + i] & 0xff);
    }
    return nonce;
  }

  /** Whether a nonce's hash is below a sixteenth of all hashes. */
  static boolean isShare(long nonce) {
    return (mix(nonce) >>> 60) == 0;
  }

  private static long mix(long nonce) {
    long z = (nonce + 1) * 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    return z ^ (z >>> 27);
  }
}
