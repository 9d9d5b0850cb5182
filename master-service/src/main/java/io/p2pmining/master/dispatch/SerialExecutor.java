package io.p2pmining.master.dispatch;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that runs tasks in their order, and a bound on how many may wait. A task that fails is
 * logged and the next one runs.
 */
public final class SerialExecutor implements Executor, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SerialExecutor.class);

  /** More than every worker of a large cluster can cause within one round trip. */
  private static final int MAX_WAITING = 500_000;

  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(2);

  private final AtomicInteger waiting = new AtomicInteger();
  private final ExecutorService thread;
  private final ScheduledExecutorService timer;

  public SerialExecutor(String name) {
    // A queue with a condition makes a node for each wait; old ones keep all later ones alive.
    thread =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.MILLISECONDS,
            new LinkedTransferQueue<>(),
            Thread.ofPlatform().daemon().name(name).factory());
    timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name(name + "-timer").factory());
  }

  /**
   * Runs a task after those that wait already.
   *
   * @throws RejectedExecutionException if too many tasks wait, or the executor is closed
   */
  @Override
  public void execute(Runnable task) {
    if (waiting.incrementAndGet() > MAX_WAITING) {
      waiting.decrementAndGet();
      throw new RejectedExecutionException("waiting tasks=" + MAX_WAITING + ", the most allowed");
    }
    thread.execute(
        () -> {
          waiting.decrementAndGet();
          runLogged(task);
        });
  }

  /** Runs a task again and again, each time after the one before is done. */
  public void every(Duration interval, Runnable task) {
    Runnable round =
        () -> {
          runLogged(task);
          every(interval, task);
        };
    try {
      var unused =
          timer.schedule(() -> thread.execute(round), interval.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("The executor is closed; nothing is repeated any more", e);
    }
  }

  /** How many tasks wait. */
  public int waiting() {
    return waiting.get();
  }

  private static void runLogged(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.error("A task of the dispatcher failed", e);
    }
  }

  /** Lets what waits finish, for a short time. */
  @Override
  public void close() {
    timer.shutdownNow();
    thread.shutdown();
    try {
      if (!thread.awaitTermination(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
