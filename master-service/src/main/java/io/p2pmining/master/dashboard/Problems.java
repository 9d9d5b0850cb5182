package io.p2pmining.master.dashboard;

import io.p2pmining.master.job.BlockOutcome;
import io.p2pmining.master.job.JobSource;
import io.p2pmining.master.job.SourceStatus;
import io.p2pmining.master.share.ShareLedger;
import io.p2pmining.master.store.History;
import io.p2pmining.master.store.Journal;
import io.p2pmining.master.store.StoreStatus;
import io.p2pmining.master.store.StoreUnavailableException;
import io.p2pmining.master.store.Window;
import io.p2pmining.master.verify.PooledVerifier;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Looks for what is wrong outside of the workers, and puts together all that is. Safe for use by
 * any thread; waits for the database only after a block was rejected.
 */
@Component
final class Problems {

  /** Nodes give a new template every half minute, and a block every two. */
  private static final Duration STALE_TIP = Duration.ofMinutes(5);

  /** Workers wait as long for their acknowledgements before anybody should care. */
  private static final double LATE_SECONDS = 10;

  private static final Duration REMEMBERED_BLOCK = Duration.ofHours(24);

  private final ObjectProvider<JobSource> sources;
  private final StoreStatus store;
  private final Journal journal;
  private final PooledVerifier verifier;
  private final ShareLedger ledger;
  private final History history;
  private final WorkerProblems workers;

  Problems(
      ObjectProvider<JobSource> sources,
      StoreStatus store,
      Journal journal,
      PooledVerifier verifier,
      ShareLedger ledger,
      History history,
      WorkerProblems workers) {
    this.sources = sources;
    this.store = store;
    this.journal = journal;
    this.verifier = verifier;
    this.ledger = ledger;
    this.history = history;
    this.workers = workers;
  }

  /** All that is wrong, grave things first. */
  List<Problem> find(List<Member> members, Instant now) {
    List<Problem> found = new ArrayList<>();
    sources.orderedStream().forEach(source -> addSource(found, source, now));
    addStore(found);
    addVerification(found);
    addRejectedBlock(found, now);
    found.addAll(workers.find(members, now));
    List<Problem> sorted = new ArrayList<>(found.stream().filter(Problem::grave).toList());
    found.stream().filter(problem -> !problem.grave()).forEach(sorted::add);
    return sorted;
  }

  private static void addSource(List<Problem> found, JobSource source, Instant now) {
    SourceStatus status = source.status();
    Instant lastJobAt = status.lastJobAt();
    if (!status.up()) {
      found.add(
          new Problem(
              true, "The source " + source.name() + " is down.", sentence(status.detail())));
    } else if (status.height() > 0
        && lastJobAt != null
        && lastJobAt.plus(STALE_TIP).isBefore(now)) {
      found.add(
          new Problem(
              true,
              "The tip is stale: the source %s gave its last job %s."
                  .formatted(source.name(), Figures.ago(lastJobAt, now).text()),
              "See whether its node is synchronised and has peers; until then blocks may be late."));
    }
  }

  private void addStore(List<Problem> found) {
    String trouble = store.trouble();
    if (!trouble.isEmpty()) {
      found.add(
          new Problem(
              store.isFailing(),
              sentence(trouble),
              "Look after the database and its disk; workers keep their results and send them"
                  + " again."));
    } else if (journal.isFull()) {
      found.add(
          new Problem(
              true,
              "More results wait for the database than there is room for.",
              "Give it a faster disk, or workers a longer p2pmine.master.share.interval."));
    }
  }

  private void addVerification(List<Problem> found) {
    int waiting = verifier.waiting();
    double seconds = waiting / verifier.verificationsPerSecond();
    if (verifier.room() == 0 || seconds > LATE_SECONDS) {
      found.add(
          new Problem(
              verifier.room() == 0,
              "Verification is behind: %s, about %s of work."
                  .formatted(
                      Words.many(waiting, "share waits", "shares wait"),
                      Figures.seconds(seconds).text()),
              "Give it more threads with p2pmine.master.verification.threads, or trust proven peers"
                  + " with p2pmine.master.verification.mode=sampled."));
    }
  }

  private void addRejectedBlock(List<Problem> found, Instant now) {
    if (ledger.blockOutcomes().getOrDefault(BlockOutcome.State.REJECTED, 0L) == 0) {
      return;
    }
    try {
      history.blocks(BlockOutcome.State.REJECTED, new Window(0, 1)).items().stream()
          .filter(block -> block.foundAt().plus(REMEMBERED_BLOCK).isAfter(now))
          .forEach(
              block ->
                  found.add(
                      new Problem(
                          true,
                          "The block at height %d was rejected %s: %s"
                              .formatted(
                                  block.height(),
                                  Figures.ago(block.foundAt(), now).text(),
                                  sentence(block.detail())),
                          "Compare the versions of node and master, and read the node's log.")));
    } catch (StoreUnavailableException e) {
      // Said by the store's own problem.
    }
  }

  /** With a capital and a full stop, as the others have. */
  private static String sentence(String text) {
    String stripped = text.strip();
    if (stripped.isEmpty()) {
      return "";
    }
    String end = stripped.endsWith(".") ? "" : ".";
    return Character.toUpperCase(stripped.charAt(0)) + stripped.substring(1) + end;
  }
}
