package io.p2pmining.master.dispatch;

import io.p2pmining.common.work.Bytes;
import io.p2pmining.core.pow.Target;
import io.p2pmining.master.job.BlockCandidate;
import io.p2pmining.master.job.BlockOutcome;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.job.JobSource;
import io.p2pmining.master.share.FoundBlock;
import io.p2pmining.master.share.ShareLedger;
import io.p2pmining.master.store.Journal;
import io.p2pmining.master.store.Recovered;
import io.p2pmining.master.work.PeerId;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Hands blocks to their sources and follows what becomes of them. A block goes out first; beside
 * that it is spooled, and stays there until its outcome is certain and durable. Owned by the
 * dispatcher's thread.
 */
final class BlockDesk {

  /** Beyond this the oldest blocks would be submitted again if somebody sent them again. */
  private static final int MAX_BLOCKS = 10_000;

  private final ShareLedger ledger;
  private final Journal journal;
  private final BlockSpool spool;
  private final WorkEvents events;
  private final Clock clock;
  private final Executor owner;
  private final Function<String, Optional<JobSource>> sources;
  private final Map<Found, FoundBlock> blocks = new Bounded<>(MAX_BLOCKS);

  BlockDesk(
      ShareLedger ledger,
      Journal journal,
      BlockSpool spool,
      WorkEvents events,
      Clock clock,
      Executor owner,
      Function<String, Optional<JobSource>> sources) {
    this.ledger = ledger;
    this.journal = journal;
    this.spool = spool;
    this.events = events;
    this.clock = clock;
    this.owner = owner;
    this.sources = sources;
  }

  /** Hands a block to its source, once however often it is found. */
  void found(Job job, long nonce, Bytes hash, Target networkTarget, PeerId peer) {
    Found key = new Found(job.id(), nonce);
    if (blocks.containsKey(key)) {
      return;
    }
    FoundBlock block =
        ledger.blockFound(job, nonce, hash, networkTarget.difficulty(), peer, clock.instant());
    blocks.put(key, block);
    submit(key, job, block);
    Bytes keepsake = sources.apply(job.source()).map(s -> s.keepsake(job)).orElse(Bytes.EMPTY);
    spool.keep(new SpooledBlock(job, keepsake, block));
    journal.blockFound(block);
    events.blockChanged(block);
  }

  /** Takes up a block that an earlier process found. */
  void restore(FoundBlock block) {
    blocks.put(new Found(block.jobId(), block.nonce()), block);
  }

  /**
   * Goes on with the blocks of a source whose outcome no earlier process learned: those in the
   * spool, and those that were stored before they could be spooled. Called once the source knows
   * its jobs again.
   *
   * @param jobs what is left of the source's jobs
   */
  void resubmit(JobSource source, List<Recovered.KeptJob> jobs) {
    Map<Found, SpooledBlock> open = new LinkedHashMap<>();
    for (SpooledBlock spooled : spool.kept()) {
      if (spooled.job().source().equals(source.name())) {
        open.put(new Found(spooled.job().id(), spooled.block().nonce()), spooled);
      }
    }
    for (Recovered.KeptJob kept : jobs) {
      Job job = kept.view().job();
      for (FoundBlock block : blocks.values()) {
        if (block.jobId().equals(job.id()) && block.outcome() == BlockOutcome.State.PENDING) {
          open.putIfAbsent(
              new Found(job.id(), block.nonce()), new SpooledBlock(job, kept.keepsake(), block));
        }
      }
    }
    open.values().forEach(candidate -> resubmit(source, candidate));
  }

  private void resubmit(JobSource source, SpooledBlock spooled) {
    Found key = new Found(spooled.job().id(), spooled.block().nonce());
    FoundBlock known = blocks.get(key);
    if (known != null && known.outcome() != BlockOutcome.State.PENDING) {
      spool.forget(spooled.block());
      return;
    }
    FoundBlock block = spooled.block();
    if (known == null) {
      ledger.blockTakenUp();
      blocks.put(key, block);
      journal.blockFound(block);
    }
    spool.keep(spooled);
    source.resume(spooled.job(), spooled.keepsake());
    submit(key, spooled.job(), block);
  }

  private void submit(Found key, Job job, FoundBlock block) {
    Optional<JobSource> source = sources.apply(job.source());
    if (source.isEmpty()) {
      owner.execute(
          () ->
              settle(
                  key,
                  new BlockOutcome(
                      BlockOutcome.State.REJECTED,
                      Bytes.EMPTY,
                      "its source is not there any more")));
      return;
    }
    var unused =
        source
            .get()
            .submit(new BlockCandidate(job, block.nonce(), block.hash()))
            .thenAccept(outcome -> owner.execute(() -> settle(key, outcome)));
  }

  /** Keeps a block in the spool whose outcome is still open: it is submitted again at a start. */
  private void settle(Found key, BlockOutcome outcome) {
    FoundBlock before = blocks.get(key);
    if (before == null) {
      return;
    }
    FoundBlock after = ledger.blockSettled(before, outcome);
    blocks.put(key, after);
    journal.blockSettled(before, after);
    if (outcome.state() != BlockOutcome.State.PENDING) {
      journal.whenDurable(() -> spool.forget(after));
    }
    events.blockChanged(after);
  }

  private record Found(String jobId, long nonce) {}
}
