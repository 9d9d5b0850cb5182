package io.p2pmining.master.verify;

import io.p2pmining.common.work.Bytes;
import io.p2pmining.core.pow.CompilerPolicy;
import io.p2pmining.core.pow.EngineSettings;
import io.p2pmining.core.pow.Hasher;
import io.p2pmining.core.pow.PowAlgorithm;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recomputes hashes on a bounded pool of its own threads, in light mode. Safe for use by any
 * thread.
 */
public final class PooledVerifier implements Verifier, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PooledVerifier.class);

  /** The rate that is assumed until one has been measured: a slow core in light mode. */
  private static final double PRIOR_SECONDS = 0.2;

  /** How much the latest duration counts in the average. */
  private static final double WEIGHT = 0.1;

  /** Seeds that may wait to be prepared ahead; the oldest is the least likely to be used. */
  private static final int MAX_PREPARATIONS = 8;

  /** None: a wrong hash is rare, and a cache of RandomX is 256 MiB. */
  private static final int KEPT_FOR_SECOND_OPINIONS = 0;

  private final SeedCache seeds;
  private final SeedCache interpreted;
  private final int threads;
  private final int mostWaiting;
  private final AtomicInteger waiting = new AtomicInteger();
  private final ExecutorService pool;
  private final ExecutorService preparer;
  private final AtomicLong verified = new AtomicLong();
  private final AtomicLong disagreements = new AtomicLong();
  private volatile double averageSeconds = PRIOR_SECONDS;
  private volatile VerificationListener listener = (waited, took) -> {};

  public PooledVerifier(VerificationSettings settings) {
    seeds = new SeedCache(settings.seeds(), EngineSettings.AUTO);
    interpreted =
        new SeedCache(
            KEPT_FOR_SECOND_OPINIONS, EngineSettings.AUTO.withCompiler(CompilerPolicy.OFF));
    threads = settings.actualThreads();
    mostWaiting = settings.queue();
    // A queue with a condition makes a node for each wait; old ones keep all later ones alive.
    pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            0,
            TimeUnit.SECONDS,
            new LinkedTransferQueue<>(),
            Thread.ofPlatform().daemon().name("verify-", 0).factory());
    preparer =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_PREPARATIONS),
            Thread.ofPlatform().daemon().name("verify-prepare").factory(),
            new ThreadPoolExecutor.DiscardOldestPolicy());
  }

  @Override
  public boolean verify(
      PowAlgorithm algorithm,
      Bytes seed,
      byte[] input,
      Bytes claimedHash,
      Consumer<Verification> done) {
    long since = System.nanoTime();
    if (waiting.incrementAndGet() > mostWaiting) {
      waiting.decrementAndGet();
      return false;
    }
    try {
      pool.execute(
          () -> {
            waiting.decrementAndGet();
            done.accept(check(algorithm, seed, input, claimedHash, since));
          });
      return true;
    } catch (RejectedExecutionException e) {
      waiting.decrementAndGet();
      return false;
    }
  }

  @Override
  public void prepareAhead(PowAlgorithm algorithm, Bytes seed) {
    preparer.execute(
        () -> {
          try {
            seeds.withHasher(algorithm, seed, hasher -> true);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } catch (RuntimeException | OutOfMemoryError e) {
            LOG.warn(
                "Cannot prepare to verify {} under the key {}: {}",
                algorithm.name(),
                seed,
                e.getMessage());
          }
        });
  }

  @Override
  public double verificationsPerSecond() {
    return threads / averageSeconds;
  }

  /** From now on tells {@code told} of every share that is recomputed. */
  public void listen(VerificationListener told) {
    listener = told;
  }

  /** How many shares wait for a thread. */
  public int waiting() {
    return waiting.get();
  }

  @Override
  public int room() {
    return Math.max(0, mostWaiting - waiting.get());
  }

  /** How many shares have been recomputed. */
  public long verified() {
    return verified.get();
  }

  private synchronized void measured(double seconds) {
    averageSeconds = averageSeconds + WEIGHT * (seconds - averageSeconds);
  }

  private Verification check(
      PowAlgorithm algorithm, Bytes seed, byte[] input, Bytes claimedHash, long since) {
    try {
      byte[] hash = new byte[Hasher.HASH_LENGTH];
      long begun = System.nanoTime();
      long nanos =
          seeds.withHasher(
              algorithm,
              seed,
              hasher -> {
                long begin = System.nanoTime();
                hasher.hash(input, input.length, hash);
                return System.nanoTime() - begin;
              });
      measured(nanos * 1e-9);
      verified.incrementAndGet();
      listener.verified(Duration.ofNanos(begun - since), Duration.ofNanos(nanos));
      return Arrays.equals(hash, claimedHash.toArray())
          ? new Verification.Correct()
          : secondOpinion(algorithm, seed, input, claimedHash);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Verification.Impossible("the master is stopping");
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.error("Cannot verify shares of {}: {}", algorithm.name(), e.getMessage());
      return new Verification.Impossible(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Before a peer is blamed, the hash is computed once more and in another way: by the interpreter,
   * from a cache of its own.
   */
  private Verification secondOpinion(
      PowAlgorithm algorithm, Bytes seed, byte[] input, Bytes claimedHash)
      throws InterruptedException {
    byte[] hash = new byte[Hasher.HASH_LENGTH];
    interpreted.withHasher(
        algorithm,
        seed,
        hasher -> {
          hasher.hash(input, input.length, hash);
          return true;
        });
    if (!Arrays.equals(hash, claimedHash.toArray())) {
      return new Verification.Wrong();
    }
    disagreements.incrementAndGet();
    LOG.error(
        "This machine's generated code computed a wrong hash of {}, and the interpreter the right"
            + " one: check its memory and its processor's clock and temperature",
        algorithm.name());
    return new Verification.Correct();
  }

  /** How often a hash was wrong here and not at the peer. */
  public long disagreements() {
    return disagreements.get();
  }

  @Override
  public void close() {
    preparer.shutdownNow();
    pool.shutdownNow();
    seeds.close();
    interpreted.close();
  }
}
