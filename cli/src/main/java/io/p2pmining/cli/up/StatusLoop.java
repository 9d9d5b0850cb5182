package io.p2pmining.cli.up;

import io.p2pmining.cli.CommandFailure;
import io.p2pmining.cli.cluster.KeptApi;
import io.p2pmining.cli.cluster.MasterOption;
import io.p2pmining.cli.service.MasterRuntime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Looks after a cluster and shows how it does, until its thread is interrupted. Owned by that
 * thread.
 */
final class StatusLoop {

  private static final Duration LOOK_INTERVAL = Duration.ofMillis(500);
  private static final Duration TERMINAL_INTERVAL = Duration.ofSeconds(1);
  private static final Duration PLAIN_INTERVAL = Duration.ofSeconds(15);

  /** A master that takes longer is busy, and asked again soon. */
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(2);

  private final Cluster cluster;
  private final Path directory;
  private final Console console;
  private final LongSupplier nanoClock;
  private final Duration interval;
  private boolean announced;
  private long shownAt;

  /**
   * @param directory the data directory of the cluster's master
   */
  StatusLoop(Cluster cluster, Path directory, Console console, LongSupplier nanoClock) {
    this.cluster = cluster;
    this.directory = directory;
    this.console = console;
    this.nanoClock = nanoClock;
    this.interval = console.isTerminal() ? TERMINAL_INTERVAL : PLAIN_INTERVAL;
  }

  /**
   * Runs until the thread is interrupted.
   *
   * @throws CommandFailure if a child cannot be kept alive
   */
  void run() throws InterruptedException {
    try (KeptApi api = new KeptApi(ANSWER_LIMIT)) {
      while (true) {
        step(api);
        Thread.sleep(LOOK_INTERVAL);
      }
    }
  }

  private void step(KeptApi api) throws InterruptedException {
    Optional<MasterRuntime> master = cluster.look();
    if (master.isEmpty()) {
      return;
    }
    if (!announced) {
      announced = true;
      shownAt = nanoClock.getAsLong();
      console.say("page  " + master.get().apiUrl() + "/");
      console.say("API   " + master.get().apiUrl() + "/cluster");
      console.say("P2P   " + master.get().p2pEndpoint());
    }
    if (nanoClock.getAsLong() - shownAt >= interval.toNanos()) {
      shownAt = nanoClock.getAsLong();
      status(api, master.get()).map(StatusLine::render).ifPresent(console::status);
    }
  }

  /**
   * Empty if the master does not answer: the line stays as it is, and {@link Cluster} sees to it.
   */
  private Optional<ClusterStatus> status(KeptApi api, MasterRuntime master)
      throws InterruptedException {
    try {
      return Optional.of(
          ClusterStatus.of(api.of(MasterOption.Choice.of(master, directory)).cluster()));
    } catch (CommandFailure silent) {
      return Optional.empty();
    }
  }
}
