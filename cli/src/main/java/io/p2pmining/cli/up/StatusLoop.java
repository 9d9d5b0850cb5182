package io.p2pmining.cli.up;

import io.p2pmining.cli.CommandFailure;
import io.p2pmining.cli.service.MasterRuntime;
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

  private final Cluster cluster;
  private final ClusterApi api;
  private final Console console;
  private final LongSupplier nanoClock;
  private final Duration interval;
  private boolean announced;
  private long shownAt;

  StatusLoop(Cluster cluster, ClusterApi api, Console console, LongSupplier nanoClock) {
    this.cluster = cluster;
    this.api = api;
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
    while (true) {
      step();
      Thread.sleep(LOOK_INTERVAL);
    }
  }

  private void step() throws InterruptedException {
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
      api.status(master.get().apiUrl()).map(StatusLine::render).ifPresent(console::status);
    }
  }
}
