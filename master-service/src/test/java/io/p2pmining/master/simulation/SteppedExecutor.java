package io.p2pmining.master.simulation;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/** Runs what it was given when the simulation says so, on the simulation's thread. */
public final class SteppedExecutor implements Executor {

  private Runnable afterTasks = () -> {};
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  public void drain() {
    do {
      for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
        task.run();
      }
      afterTasks.run();
    } while (!tasks.isEmpty());
  }

  /** Lets something happen each time that nothing is left to run. */
  public void afterTasks(Runnable action) {
    afterTasks = action;
  }
}
