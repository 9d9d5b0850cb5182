package io.p2pmining.master.source.monero;

import io.p2pmining.common.work.Bytes;
import io.p2pmining.master.job.BlockCandidate;
import io.p2pmining.master.job.BlockOutcome;
import io.p2pmining.master.job.BlockOutcome.State;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes blocks of candidates and pursues each on a thread of its own. Safe for use by any thread.
 */
final class BlockSubmitter {

  /** A difficulty at which more than this are found within seconds exists on test chains only. */
  private static final int MAX_PURSUITS = 1024;

  private static final Logger log = LoggerFactory.getLogger(BlockSubmitter.class);

  private final JobTable jobs;
  private final NodeRoster roster;
  private final ExecutorService executor;
  private final BlockPursuit.Tempo tempo;
  private final Runnable onTaken;
  private final Semaphore places = new Semaphore(MAX_PURSUITS);

  BlockSubmitter(
      JobTable jobs,
      NodeRoster roster,
      ExecutorService executor,
      BlockPursuit.Tempo tempo,
      Runnable onTaken) {
    this.jobs = jobs;
    this.roster = roster;
    this.executor = executor;
    this.tempo = tempo;
    this.onTaken = onTaken;
  }

  CompletableFuture<BlockOutcome> submit(BlockCandidate candidate) {
    Optional<JobTable.HandedOut> entry = jobs.find(candidate.job().id());
    if (entry.isEmpty()) {
      return refused("Its job " + candidate.job().id() + " is not, or no longer, known.");
    }
    if (!places.tryAcquire()) {
      return refused("The source is closed, or has " + MAX_PURSUITS + " blocks on their way.");
    }
    MinedBlock block = entry.get().block().mined(candidate.nonce());
    CompletableFuture<BlockOutcome> outcome = new CompletableFuture<>();
    try {
      executor.execute(() -> pursue(block, entry.get().origin(), outcome));
    } catch (RejectedExecutionException e) {
      places.release();
      outcome.complete(unsettled(block, "The source is closed."));
    }
    return outcome;
  }

  private void pursue(MinedBlock block, Node origin, CompletableFuture<BlockOutcome> outcome) {
    BlockOutcome result = unsettled(block, "Submitting it failed.");
    try {
      result =
          new BlockPursuit(block, () -> roster.forSubmission(origin), executor, tempo, onTaken)
              .run();
    } catch (InterruptedException | RejectedExecutionException e) {
      result = unsettled(block, "The source was closed before a node confirmed it.");
    } catch (RuntimeException e) {
      log.error("Pursuing a block failed: height={}, id={}", block.height(), block.id(), e);
    } finally {
      places.release();
      log.info(
          "Block {} ({}) is {}: {}", block.height(), block.id(), result.state(), result.detail());
      outcome.complete(result);
    }
  }

  /** Waits until no block is on its way, for so long at most; takes no block afterwards. */
  void drain(Duration longest) throws InterruptedException {
    if (!places.tryAcquire(MAX_PURSUITS, longest.toNanos(), TimeUnit.NANOSECONDS)) {
      log.warn("Closing while blocks are on their way to the nodes");
    }
  }

  private static BlockOutcome unsettled(MinedBlock block, String detail) {
    return new BlockOutcome(State.PENDING, block.id(), detail);
  }

  private static CompletableFuture<BlockOutcome> refused(String detail) {
    return CompletableFuture.completedFuture(new BlockOutcome(State.REJECTED, Bytes.EMPTY, detail));
  }
}
