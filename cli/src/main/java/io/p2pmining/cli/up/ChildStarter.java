package io.p2pmining.cli.up;

import io.p2pmining.cli.CommandFailure;
import java.io.IOException;
import java.time.InstantSource;

/** Starts children whose output is read by a virtual thread each. Safe for use by any thread. */
final class ChildStarter {

  private final Console console;
  private final InstantSource clock;

  ChildStarter(Console console, InstantSource clock) {
    this.console = console;
    this.clock = clock;
  }

  /**
   * Starts a child.
   *
   * @throws CommandFailure if the system does not let it
   */
  RunningChild start(ChildPlan plan) {
    try {
      Process process = new ProcessBuilder(plan.commandLine()).redirectErrorStream(true).start();
      process.outputWriter().close();
      ChildOutput output = new ChildOutput(plan, console, clock);
      Thread reader =
          Thread.ofVirtual()
              .name(plan.name() + "-output")
              .start(() -> output.pump(process.inputReader()));
      return new RunningChild(process, output, reader);
    } catch (IOException e) {
      throw new CommandFailure(plan.name() + " cannot be started: " + e.getMessage());
    }
  }
}
