package io.p2pmining.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command finish in order when the JVM is told to end (Ctrl-C, SIGTERM, SIGHUP): runs an
 * action, then holds the end up until the gate is closed, but never longer than its limit. Opened
 * and closed by the thread that runs the command; the action runs on another.
 */
public final class ShutdownGate implements AutoCloseable {

  private final CountDownLatch finished = new CountDownLatch(1);
  private final Thread hook;

  private ShutdownGate(Duration limit, Runnable action) {
    this.hook =
        new Thread(
            () -> {
              action.run();
              await(limit);
            },
            "shutdown-gate");
  }

  /** Opens a gate; {@code action} asks the command to finish and returns at once. */
  public static ShutdownGate open(Duration limit, Runnable action) {
    ShutdownGate gate = new ShutdownGate(limit, action);
    Runtime.getRuntime().addShutdownHook(gate.hook);
    return gate;
  }

  private void await(Duration limit) {
    try {
      finished.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    finished.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyShuttingDown) {
      // Then the hook runs now, and has just been let through.
    }
  }
}
