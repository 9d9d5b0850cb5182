package io.p2pmining.master.whole;

import io.p2pmining.common.work.Bytes;
import io.p2pmining.common.work.NonceRange;
import io.p2pmining.core.pow.Target;
import io.p2pmining.master.job.BlockCandidate;
import io.p2pmining.master.job.BlockOutcome;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.job.JobListener;
import io.p2pmining.master.job.JobSource;
import io.p2pmining.master.job.SourceStatus;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One sha256d job whose blocks are easy to find, from a chain that accepts every block. */
final class SampleSource implements JobSource {

  static final String JOB_ID = "sample-1";
  static final BigInteger NETWORK_DIFFICULTY = BigInteger.valueOf(256);

  private final Job job;
  private volatile boolean up = true;

  SampleSource() {
    byte[] blob = new byte[80];
    blob[0] = 1;
    job =
        new Job(
            JOB_ID,
            name(),
            "sha256d",
            Bytes.copyOf(blob),
            76,
            NonceRange.ALL,
            Bytes.EMPTY,
            Bytes.EMPTY,
            Target.forDifficulty(NETWORK_DIFFICULTY),
            42,
            Bytes.EMPTY,
            Instant.parse("2026-01-01T00:00:00Z"));
  }

  @Override
  public String name() {
    return "sample";
  }

  @Override
  public void start(JobListener to) {

    to.jobArrived(job, JobListener.Replacement.NEW_TIP);
  }

  /** Makes the source fail or recover. */
  void turn(boolean nowUp) {
    up = nowUp;
  }

  @Override
  public SourceStatus status() {
    return new SourceStatus(
        up, up ? "all is well" : "nobody answers; start it", "test", 42, job.createdAt());
  }

  @Override
  public Optional<Job> nextVariant(Job exhausted) {
    return Optional.empty();
  }

  @Override
  public CompletableFuture<BlockOutcome> submit(BlockCandidate candidate) {
    return CompletableFuture.completedFuture(
        new BlockOutcome(BlockOutcome.State.ACCEPTED, candidate.hash(), "in the main chain"));
  }

  @Override
  public void close() {
    up = false;
  }
}
