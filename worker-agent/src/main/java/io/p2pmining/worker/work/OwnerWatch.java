package io.p2pmining.worker.work;

import io.p2pmining.core.cpu.Answer;
import io.p2pmining.core.miner.PauseReason;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Asks now and then whether the machine's owner needs it for something else, and has hashing wait
 * as long as that is so. Asks on a thread of its own, because answers may take seconds. What is not
 * known is no reason to wait.
 */
final class OwnerWatch implements AutoCloseable {

  static final Duration INTERVAL = Duration.ofSeconds(5);

  private final Map<PauseReason, Supplier<Answer>> questions;
  private final WorkDesk desk;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("owner-watch").factory());

  /**
   * A watch that does not ask yet.
   *
   * @param questions what to ask, by the reason to wait that a yes is
   */
  OwnerWatch(Map<PauseReason, Supplier<Answer>> questions, WorkDesk desk) {
    this.questions = Map.copyOf(questions);
    this.desk = desk;
  }

  /** Begins to ask, if there is any question. */
  void start() {
    if (!questions.isEmpty()) {
      timer.scheduleWithFixedDelay(this::ask, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** Asks every question once. */
  void ask() {
    questions.forEach((reason, question) -> desk.heed(reason, question.get() == Answer.YES));
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
