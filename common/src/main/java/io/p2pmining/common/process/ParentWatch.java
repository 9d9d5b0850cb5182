package io.p2pmining.common.process;

import java.time.Duration;
import java.util.Optional;

/**
 * Ends this process when the process that started it is gone, so that a service started by {@code
 * p2pmine up} never outlives it, not even when {@code up} is killed without a chance to clean up.
 *
 * <p>Active only if the system property {@value #PARENT_PID} names the parent. A daemon thread then
 * looks once a second; when the parent is gone it exits the JVM in the ordinary way, shutdown hooks
 * included, and halts it if those take longer than {@link #SHUTDOWN_LIMIT}.
 */
public final class ParentWatch {

  /** The system property with the parent's process id. */
  public static final String PARENT_PID = "p2pmine.parent-pid";

  /** The exit status of a process that lost its parent: as if it had been told to terminate. */
  public static final int EXIT_STATUS = 143;

  /** How long shutdown hooks may take once the parent is gone. */
  public static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(5);

  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private ParentWatch() {}

  /**
   * Begins to watch if {@value #PARENT_PID} is set; else does nothing. To be called first in {@code
   * main}.
   *
   * @throws IllegalArgumentException if the property is not a process id
   */
  public static void startIfAsked() {
    String parentPid = System.getProperty(PARENT_PID);
    if (parentPid != null) {
      long pid = parse(parentPid);
      daemon("parent-watch", () -> exitAfter(pid));
    }
  }

  private static long parse(String pid) {
    try {
      return Long.parseLong(pid);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(PARENT_PID + "=" + pid + ", must be a process id", e);
    }
  }

  private static void exitAfter(long parentPid) {
    while (isParent(parentPid)) {
      pause(INTERVAL);
    }
    daemon(
        "parent-watch-limit",
        () -> {
          pause(SHUTDOWN_LIMIT);
          Runtime.getRuntime().halt(EXIT_STATUS);
        });
    System.exit(EXIT_STATUS);
  }

  /** An orphan gets another parent, so a process id that is used again cannot mislead. */
  private static boolean isParent(long pid) {
    Optional<ProcessHandle> parent = ProcessHandle.current().parent();
    return parent.isPresent() && parent.get().pid() == pid;
  }

  private static void daemon(String name, Runnable task) {
    Thread.ofPlatform().daemon().name(name).start(task);
  }

  private static void pause(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts " + Thread.currentThread().getName(), e);
    }
  }
}
