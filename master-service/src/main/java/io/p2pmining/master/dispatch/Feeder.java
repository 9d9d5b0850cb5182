package io.p2pmining.master.dispatch;

import io.p2pmining.master.store.Journal;
import io.p2pmining.master.store.Lag;
import io.p2pmining.master.work.WorkSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * Gives workers what they lack: one of them, or all in portions, so that results do not wait until
 * the last is served. Owned by the dispatcher's thread.
 */
final class Feeder {

  /** Workers that get their first unit of another job in one task. */
  private static final int FIRST_PORTION = 1000;

  /** Workers that are fed in one task once all have something to do. */
  private static final int PORTION = 500;

  /** For so long the database steps aside while many workers get their first unit. */
  private static final Duration LONGEST_RUSH = Duration.ofSeconds(1);

  private final Supplier<WorkSettings> settings;
  private final Assigner assigner;
  private final Journal journal;
  private final Lag lag;
  private final WorkEvents events;
  private final Executor owner;
  private final IntSupplier connected;
  private final Supplier<Instant> taskCame;

  /**
   * @param connected how many workers are
   * @param taskCame when what the task does that runs was asked for
   */
  Feeder(
      Supplier<WorkSettings> settings,
      Assigner assigner,
      Durability durability,
      WorkEvents events,
      Executor owner,
      IntSupplier connected,
      Supplier<Instant> taskCame) {
    this.settings = settings;
    this.assigner = assigner;
    this.journal = durability.journal();
    this.lag = durability.lag();
    this.events = events;
    this.owner = owner;
    this.connected = connected;
    this.taskCame = taskCame;
  }

  /** Brings one worker up to its depth. */
  void topUp(Worker worker) {
    topUp(worker, settings.get().maxDepth(), taskCame.get());
  }

  /** Something waits for a worker again. */
  void feedHungry() {
    assigner.hungry().forEach(this::topUp);
  }

  /**
   * There is another job, or none any more: whoever has too little is concerned. Each gets one unit
   * at once, and what is to lie ready beside it when those are on their way.
   */
  void topUpAll() {
    topUpAll(() -> {});
  }

  /**
   * The same.
   *
   * @param then follows when the first unit of the last worker has been leased
   */
  void topUpAll(Runnable then) {
    List<Worker> some = assigner.hungry();
    if (some.size() <= FIRST_PORTION) {
      topUpFirst(some, taskCame.get(), then);
      return;
    }
    lag.rush(LONGEST_RUSH);
    topUpFirst(
        some,
        taskCame.get(),
        () -> {
          then.run();
          journal.whenDurable(lag::rushIsOver);
        });
  }

  /**
   * So many in a task that the first are told of their units while those of others are being cut.
   */
  private void topUpFirst(List<Worker> some, Instant since, Runnable then) {
    List<Worker> others = serve(some, FIRST_PORTION, worker -> topUp(worker, 1, since));
    if (!others.isEmpty()) {
      owner.execute(() -> topUpFirst(others, since, then));
      return;
    }
    then.run();
    List<Worker> rest = assigner.hungry();
    if (!rest.isEmpty()) {
      feedOnceDurable(rest);
    }
  }

  private void feedOnceDurable(List<Worker> some) {
    journal.whenDurable(() -> owner.execute(() -> feed(some)));
  }

  /** So many at a time that results do not wait long for the database. */
  private void feed(List<Worker> some) {
    List<Worker> others = serve(some, PORTION, this::topUp);
    if (!others.isEmpty()) {
      feedOnceDurable(others);
    }
  }

  /** Serves the first, so many at most, and answers the others. */
  private static List<Worker> serve(List<Worker> some, int most, Consumer<Worker> service) {
    int portion = Math.min(some.size(), most);
    some.subList(0, portion).forEach(service);
    return some.subList(portion, some.size());
  }

  private void topUp(Worker worker, int most, Instant since) {
    assigner
        .topUp(worker, most, Math.max(1, connected.getAsInt()), since)
        .forEach(events::unitChanged);
  }
}
