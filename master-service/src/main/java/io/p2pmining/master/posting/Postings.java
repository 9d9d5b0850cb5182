package io.p2pmining.master.posting;

import io.p2pmining.common.work.NonceRange;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.job.JobView;
import io.p2pmining.master.store.Answer;
import io.p2pmining.master.work.WorkUnit;
import java.util.concurrent.CompletableFuture;

/**
 * Takes what clients want to be searched, and calls it off. Safe for use by any thread; nothing
 * here waits. A future completes once what was done is durable; it fails only by a bug.
 */
public interface Postings {

  /** The source that posted jobs are said to come from. */
  String SOURCE = "posted";

  /** Puts up a finite job. */
  CompletableFuture<Outcome<JobView>> post(Job job, Receipt<JobView> receipt);

  /** Puts up a finite job whose whole range is one unit. */
  CompletableFuture<Outcome<WorkUnit>> postUnit(Job job, Receipt<WorkUnit> receipt);

  /** Adds a range to an active finite job, none of whose nonces it has already. */
  CompletableFuture<Outcome<WorkUnit>> addUnit(
      String jobId, NonceRange range, Receipt<WorkUnit> receipt);

  /** Ends a posted job; its units are taken back from their workers. */
  CompletableFuture<Outcome<JobView>> cancelJob(String id);

  /** Ends a unit that has not ended; nobody searches the rest of its range. */
  CompletableFuture<Outcome<WorkUnit>> cancelUnit(long id);

  /** Stores the answer to a request that changed nothing here. */
  CompletableFuture<Outcome<Answer>> remember(Answer answer);
}
