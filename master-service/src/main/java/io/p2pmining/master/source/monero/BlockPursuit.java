package io.p2pmining.master.source.monero;

import io.p2pmining.master.job.BlockOutcome;
import io.p2pmining.master.job.BlockOutcome.State;
import io.p2pmining.master.source.monero.BlockOffer.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Offers one block to the nodes until it is certain what became of it. Runs once, on a thread of
 * its own, which it blocks.
 *
 * <p>A daemon's OK is not enough: it says the same of a block beside the main chain, so the header
 * at the block's height decides. A daemon that has the block already refuses it, and one whose
 * answer was lost may have it: every round but the first asks for the block before it offers it
 * again. Within a round the first node is asked at once; the others follow, one after the other,
 * when it refuses, cannot, or is slow.
 */
final class BlockPursuit {

  private static final Duration FIRST_DELAY = Duration.ofMillis(250);
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(5);

  /** How long a block is watched beside the main chain before it counts as orphaned. */
  private static final Duration ORPHAN_SETTLES = Duration.ofSeconds(5);

  private final MinedBlock block;
  private final Supplier<List<Node>> nodes;
  private final ExecutorService executor;
  private final Tempo tempo;
  private final Runnable onTaken;

  private @Nullable Instant besideSince;
  private boolean someoneMayHaveIt;
  private String reasons = "";

  /**
   * The time that a pursuit works with.
   *
   * @param clock tells it
   * @param pause lets it pass between rounds
   * @param patience how long to try
   * @param hedge how long a node may be silent before the next one is asked as well
   */
  record Tempo(InstantSource clock, Pause pause, Duration patience, Duration hedge) {}

  /**
   * @param nodes the nodes to ask, the most promising first; asked for in every round
   * @param executor has a thread for every offer
   * @param onTaken called whenever a node has taken the block, from any thread
   */
  BlockPursuit(
      MinedBlock block,
      Supplier<List<Node>> nodes,
      ExecutorService executor,
      Tempo tempo,
      Runnable onTaken) {
    this.block = block;
    this.nodes = nodes;
    this.executor = executor;
    this.tempo = tempo;
    this.onTaken = onTaken;
  }

  /** Pursues the block to its outcome. */
  BlockOutcome run() throws InterruptedException {
    Instant deadline = tempo.clock.instant().plus(tempo.patience);
    Duration delay = FIRST_DELAY;
    for (boolean first = true; ; first = false) {
      Optional<BlockOutcome> certain = judge(ask(nodes.get(), first));
      if (certain.isPresent()) {
        return certain.get();
      }
      if (!tempo.clock.instant().isBefore(deadline)) {
        return givenUp();
      }
      tempo.pause.sleep(delay);
      Duration doubled = delay.multipliedBy(2);
      delay = doubled.compareTo(LONGEST_DELAY) < 0 ? doubled : LONGEST_DELAY;
    }
  }

  /** One round: ends early when a node has the block, else with an answer of every node. */
  private List<Answer> ask(List<Node> asked, boolean first) throws InterruptedException {
    CompletionService<Answer> offers = new ExecutorCompletionService<>(executor);
    List<Answer> answers = new ArrayList<>();
    int begun = 0;
    while (answers.size() < asked.size()) {
      if (begun < asked.size()) {
        BlockOffer offer = new BlockOffer(block, asked.get(begun++), onTaken);
        offers.submit(first ? offer::make : offer::repeat);
      }
      Future<Answer> answered =
          begun < asked.size()
              ? offers.poll(tempo.hedge.toMillis(), TimeUnit.MILLISECONDS)
              : offers.take();
      if (answered != null) {
        Answer answer = resultOf(answered);
        answers.add(answer);
        if (answer instanceof Answer.InMainChain || answer instanceof Answer.BesideMainChain) {
          return answers;
        }
      }
    }
    return answers;
  }

  private static Answer resultOf(Future<Answer> answered) throws InterruptedException {
    try {
      return answered.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("an offer failed", e.getCause());
    }
  }

  private Optional<BlockOutcome> judge(List<Answer> answers) {
    List<String> heard = new ArrayList<>();
    int refusals = 0;
    for (Answer answer : answers) {
      switch (answer) {
        case Answer.InMainChain(Node node) -> {
          return Optional.of(outcome(State.ACCEPTED, node + " has it in its main chain."));
        }
        case Answer.BesideMainChain(Node node) -> {
          if (besideSince == null) {
            besideSince = tempo.clock.instant();
          }
          heard.add(node + " has another block in its place");
        }
        case Answer.Refused(String reason) -> {
          refusals++;
          heard.add(reason);
        }
        case Answer.Uncertain(String reason, boolean mayHaveIt) -> {
          someoneMayHaveIt |= mayHaveIt;
          heard.add(reason);
        }
      }
    }
    reasons = String.join("; ", heard) + ".";
    if (besideSince != null && !tempo.clock.instant().isBefore(besideSince.plus(ORPHAN_SETTLES))) {
      return Optional.of(outcome(State.ORPHANED, reasons));
    }
    return refusals == answers.size()
        ? Optional.of(outcome(State.REJECTED, reasons))
        : Optional.empty();
  }

  private BlockOutcome givenUp() {
    if (besideSince != null) {
      return outcome(State.ORPHANED, reasons);
    }
    String trouble = " within " + tempo.patience.toSeconds() + " s (" + reasons + ")";
    return someoneMayHaveIt
        ? outcome(State.PENDING, "A node may have it, but none confirmed it" + trouble)
        : outcome(State.REJECTED, "No node took it" + trouble);
  }

  private BlockOutcome outcome(State state, String detail) {
    return new BlockOutcome(state, block.id(), detail);
  }
}
