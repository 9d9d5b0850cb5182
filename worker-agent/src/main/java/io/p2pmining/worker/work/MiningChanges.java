package io.p2pmining.worker.work;

import io.p2pmining.common.settings.Reloadable;
import io.p2pmining.worker.machine.MiningChoice;
import io.p2pmining.worker.node.WorkerSettings;
import java.util.Map;
import java.util.function.Function;

/**
 * Carries other settings over to a desk that hashes.
 *
 * @param desk takes them up
 * @param threads how many threads hash by settings, and where
 */
record MiningChanges(WorkDesk desk, Function<WorkerSettings, MiningChoice> threads) {

  /** Follows these settings from now on. */
  void follow(Reloadable<WorkerSettings> settings) {
    settings.limitedBy(this::kept);
    settings.follow(next -> change(settings.get(), next));
  }

  /** Threads are started once; those that nobody needs stand by. */
  private Map<String, String> kept(WorkerSettings next) {
    int room = desk.threadCount();
    return threads.apply(next).threads() <= room
        ? Map.of()
        : Map.of(
            "threads",
            "it needs a restart: this worker was started with room for %d threads".formatted(room));
  }

  private Reloadable.Prepared change(WorkerSettings before, WorkerSettings next) {
    MiningChoice choice = threads.apply(next);
    boolean others =
        choice.threads() != threads.apply(before).threads() || !next.fixed().equals(before.fixed());
    return () -> {
      if (next.throttle() != before.throttle()) {
        desk.setThrottle(next.throttle());
      }
      if (others) {
        desk.changeThreads(choice, next.fixed());
      }
    };
  }
}
