package io.p2pmining.cli.bench;

import io.p2pmining.common.work.NonceRange;
import io.p2pmining.core.pow.Hasher;
import io.p2pmining.core.pow.PreparedSeed;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;

/**
 * Hashes XMRig's benchmark blob, 112 zero bytes with a 32-bit little-endian nonce at offset 39, on
 * some threads until a limit is reached. Run once, by one thread; {@link #stop()} may be called by
 * any.
 */
final class Benchmark {

  private static final int BLOB_LENGTH = 112;
  private static final int NONCE_OFFSET = 39;
  private static final int CHECKSUM_OFFSET = Hasher.HASH_LENGTH - Long.BYTES;

  /** Nonces are taken in pieces that last about this long, so that taking them costs nothing. */
  private static final long PIECE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private static final int LARGEST_PIECE = 1 << 16;
  private static final Duration PROGRESS_INTERVAL = Duration.ofMillis(100);

  private final PreparedSeed seed;
  private final int threads;
  private final BenchmarkLimit limit;
  private final NonceCounter nonces;
  private final LongAdder hashes = new LongAdder();
  private volatile boolean stopped;

  Benchmark(PreparedSeed seed, int threads, BenchmarkLimit limit) {
    this.seed = seed;
    this.threads = threads;
    this.limit = limit;
    this.nonces = new NonceCounter(limit.nonceEnd());
  }

  /** Makes {@link #run} return soon with what was reached. */
  void stop() {
    stopped = true;
  }

  /** Hashes until the limit; tells {@code progress} now and then, on the calling thread. */
  BenchmarkResult run(BenchmarkProgress progress) throws InterruptedException {
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      try {
        return measure(pool, progress);
      } finally {
        stop();
      }
    }
  }

  private BenchmarkResult measure(ExecutorService pool, BenchmarkProgress progress)
      throws InterruptedException {
    long start = System.nanoTime();
    List<Future<Long>> checksums = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      checksums.add(pool.submit(this::hashPieces));
    }
    long checksum = 0;
    for (Future<Long> part : checksums) {
      checksum ^= await(part, start, progress);
    }
    return new BenchmarkResult(hashes.sum(), since(start), checksum);
  }

  private long await(Future<Long> part, long start, BenchmarkProgress progress)
      throws InterruptedException {
    while (true) {
      try {
        return part.get(PROGRESS_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException stillHashing) {
        Duration elapsed = since(start);
        progress.hashing(limit.finished(hashes.sum(), elapsed), hashes.sum(), elapsed);
        stopped |=
            limit instanceof BenchmarkLimit.Time(Duration end) && elapsed.compareTo(end) >= 0;
      } catch (ExecutionException e) {
        throw new IllegalStateException("a hashing thread failed", e.getCause());
      }
    }
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** The work of one thread; returns its part of the checksum. */
  private long hashPieces() {
    ByteBuffer blob = ByteBuffer.allocate(BLOB_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer proof = ByteBuffer.allocate(Hasher.HASH_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    long checksum = 0;
    int count = 1;
    try (Hasher hasher = seed.newHasher()) {
      Optional<NonceRange> piece = nonces.take(count);
      while (piece.isPresent() && !stopped) {
        long start = System.nanoTime();
        checksum ^= hash(piece.get(), hasher, blob, proof);
        boolean tooShort = System.nanoTime() - start < PIECE_NANOS;
        count = tooShort ? Math.min(LARGEST_PIECE, 2 * count) : count;
        piece = nonces.take(count);
      }
    }
    return checksum;
  }

  private long hash(NonceRange piece, Hasher hasher, ByteBuffer blob, ByteBuffer proof) {
    long checksum = 0;
    long nonce = piece.start();
    for (; nonce < piece.end() && !stopped; nonce++) {
      blob.putInt(NONCE_OFFSET, (int) nonce);
      hasher.hash(blob.array(), BLOB_LENGTH, proof.array());
      hasher.proof(blob.array(), BLOB_LENGTH, proof.array(), proof.array());
      checksum ^= proof.getLong(CHECKSUM_OFFSET);
    }
    hashes.add(nonce - piece.start());
    return checksum;
  }
}
