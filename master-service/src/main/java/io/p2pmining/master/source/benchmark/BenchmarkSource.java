package io.p2pmining.master.source.benchmark;

import io.p2pmining.common.work.Bytes;
import io.p2pmining.common.work.NonceRange;
import io.p2pmining.master.job.BlockCandidate;
import io.p2pmining.master.job.BlockOutcome;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.job.JobListener;
import io.p2pmining.master.job.JobSource;
import io.p2pmining.master.job.SourceStatus;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rounds of 20 verified shares on the block template and key of RandomX's own benchmark. No share
 * can be a block. Each round is a job of its own: a counter that starts at a random number is
 * written over eight bytes of the template's previous-block hash, so that no round repeats another,
 * not even after a restart. Guarded by its own lock.
 */
public final class BenchmarkSource implements JobSource {

  /** The source's name. */
  public static final String NAME = "benchmark";

  /** How many verified shares make a round. */
  static final int SHARES_PER_ROUND = 20;

  private static final Logger LOG = LoggerFactory.getLogger(BenchmarkSource.class);

  private static final String TEMPLATE =
      "0707f7a4f0d605b303260816ba3f10902e1a145ac5fad3aa3af6ea44c11869dc4f853f002b2eea"
          + "0000000077b206a02ca5b1d4ce6bbfdf0acac38bded34d2dcdeef95cd20cefc12f61d56109";
  private static final Bytes SEED = Bytes.copyOf(new byte[4]);
  private static final String ALGORITHM = "rx/0";
  private static final int NONCE_OFFSET = 39;

  /** Within the previous-block hash, which no one checks here. */
  private static final int COUNTER_OFFSET = 7;

  private final Clock clock;
  private long counter;
  private int round;
  private Instant roundBegan = Instant.EPOCH;
  private int shares;
  private BigInteger hashes = BigInteger.ZERO;
  private @Nullable JobListener listener;
  private @Nullable Job current;

  /**
   * A source that has not started.
   *
   * @param firstCounter a random number
   */
  public BenchmarkSource(Clock clock, long firstCounter) {
    this.clock = clock;
    this.counter = firstCounter;
  }

  @Override
  public String name() {
    return NAME;
  }

  /** The round goes on, as if it had begun now. */
  @Override
  public synchronized Resumption resume(Job job, Bytes keepsake) {
    current = job;
    return Resumption.AS_BEFORE;
  }

  @Override
  public synchronized void start(JobListener to) {
    listener = to;
    if (current == null) {
      nextRound();
    } else {
      round = 1;
      roundBegan = clock.instant();
    }
  }

  @Override
  public synchronized SourceStatus status() {
    Job job = current;
    String detail =
        "built-in benchmark, round "
            + round
            + ": "
            + shares
            + " of "
            + SHARES_PER_ROUND
            + " shares; configure a node to mine";
    return new SourceStatus(job != null, detail, "", 0, job == null ? null : job.createdAt());
  }

  @Override
  public synchronized Optional<Job> nextVariant(Job exhausted) {
    Job job = current;
    if (job == null || !job.id().equals(exhausted.id())) {
      return Optional.empty();
    }
    Job variant = newJob();
    current = variant;
    return Optional.of(variant);
  }

  @Override
  public CompletableFuture<BlockOutcome> submit(BlockCandidate candidate) {
    return CompletableFuture.completedFuture(
        new BlockOutcome(
            BlockOutcome.State.REJECTED, Bytes.EMPTY, "the benchmark has no chain to extend"));
  }

  @Override
  public synchronized void shareAccepted(Job job, BigInteger difficulty) {
    Job now = current;
    if (now == null || !job.id().equals(now.id())) {
      return;
    }
    shares++;
    hashes = hashes.add(difficulty);
    if (shares >= SHARES_PER_ROUND) {
      report();
      nextRound();
    }
  }

  @Override
  public synchronized void close() {
    listener = null;
    current = null;
  }

  private void report() {
    double seconds = Math.max(1, Duration.between(roundBegan, clock.instant()).toMillis()) / 1000.0;
    LOG.info(
        "Benchmark round {}: {} verified shares, which stand for about {} hashes, in {} s: {} H/s",
        round,
        shares,
        hashes,
        String.format(Locale.ROOT, "%.1f", seconds),
        String.format(Locale.ROOT, "%.1f", hashes.doubleValue() / seconds));
  }

  private void nextRound() {
    JobListener to = listener;
    if (to != null) {
      round++;
      shares = 0;
      hashes = BigInteger.ZERO;
      roundBegan = clock.instant();
      Job job = newJob();
      current = job;
      to.jobArrived(job, JobListener.Replacement.NEW_TIP);
    }
  }

  private Job newJob() {
    Instant now = clock.instant();
    byte[] blob = Bytes.ofHex(TEMPLATE).toArray();
    long variant = counter++;
    ByteBuffer.wrap(blob).order(ByteOrder.LITTLE_ENDIAN).putLong(COUNTER_OFFSET, variant);
    Bytes extraNonce = Bytes.copyOf(ByteBuffer.allocate(Long.BYTES).putLong(variant).array());
    return new Job(
        NAME + "-" + extraNonce.toHex(),
        NAME,
        ALGORITHM,
        Bytes.copyOf(blob),
        NONCE_OFFSET,
        NonceRange.ALL,
        SEED,
        Bytes.EMPTY,
        null,
        0,
        extraNonce,
        now);
  }
}
