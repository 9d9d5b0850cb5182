package io.p2pmining.master.dispatch;

import io.p2pmining.common.work.Bytes;
import io.p2pmining.master.job.BlockCandidate;
import io.p2pmining.master.job.BlockOutcome;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.job.JobListener;
import io.p2pmining.master.job.JobSource;
import io.p2pmining.master.job.SourceStatus;
import io.p2pmining.master.posting.Postings;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Where posted jobs are said to come from. They arrive on another way, are as they were after a
 * restart, and have no chain that a block could go to.
 */
final class PostedSource implements JobSource {

  @Override
  public String name() {
    return Postings.SOURCE;
  }

  @Override
  public Resumption resume(Job job, Bytes keepsake) {
    return Resumption.AS_BEFORE;
  }

  @Override
  public void start(JobListener listener) {}

  @Override
  public SourceStatus status() {
    return new SourceStatus(true, "jobs are taken as they are posted", "", 0, null);
  }

  @Override
  public Optional<Job> nextVariant(Job exhausted) {
    return Optional.empty();
  }

  @Override
  public CompletableFuture<BlockOutcome> submit(BlockCandidate candidate) {
    return CompletableFuture.completedFuture(
        new BlockOutcome(
            BlockOutcome.State.REJECTED, Bytes.EMPTY, "a posted job belongs to no chain"));
  }

  @Override
  public void close() {}
}
