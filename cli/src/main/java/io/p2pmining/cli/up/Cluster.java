package io.p2pmining.cli.up;

import io.p2pmining.cli.CommandFailure;
import io.p2pmining.cli.service.MasterRuntime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * A master and its workers as child processes: the workers start when the master is ready, whoever
 * dies starts again, and closing it ends them all. Owned by the thread that runs {@code up}.
 */
final class Cluster implements AutoCloseable {

  /** Workers need at most two seconds to end in order. */
  static final Duration WORKER_LIMIT = Duration.ofSeconds(4);

  /** A master finishes requests and writes what it holds. */
  static final Duration MASTER_LIMIT = Duration.ofSeconds(6);

  private final Path directory;
  private final Child master;
  private final Function<MasterRuntime, List<Child>> workerFactory;
  private final LongSupplier nanoClock;
  private List<Child> workers = List.of();

  /**
   * @param directory the master's data directory
   * @param workerFactory makes the workers for a master that is ready
   */
  Cluster(
      Path directory,
      Child master,
      Function<MasterRuntime, List<Child>> workerFactory,
      LongSupplier nanoClock) {
    this.directory = directory;
    this.master = master;
    this.workerFactory = workerFactory;
    this.nanoClock = nanoClock;
  }

  /** Starts the master. */
  void start() {
    master.start();
  }

  /**
   * Looks after every child; to be called about once a second.
   *
   * @return what the master says about itself, empty while it is not ready
   * @throws CommandFailure if a child cannot be kept alive
   */
  Optional<MasterRuntime> look() {
    master.look();
    workers.forEach(Child::look);
    Optional<MasterRuntime> runtime =
        master.pid().isEmpty()
            ? Optional.empty()
            : MasterRuntime.read(directory, master.pid().getAsLong());
    if (workers.isEmpty() && runtime.isPresent()) {
      workers = workerFactory.apply(runtime.get());
      workers.forEach(Child::start);
    }
    return runtime;
  }

  /** Ends all children: the workers first, so that they can say goodbye to the master. */
  @Override
  public void close() {
    // An interrupt may be what brought us here; it must not cut the end short.
    boolean interrupted = Thread.interrupted();
    try {
      end(workers, WORKER_LIMIT);
      end(List.of(master), MASTER_LIMIT);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted twice", e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void end(List<Child> children, Duration limit) throws InterruptedException {
    long deadline = nanoClock.getAsLong() + limit.toNanos();
    children.forEach(Child::terminate);
    for (Child child : children) {
      child.awaitEnd(deadline);
    }
  }
}
