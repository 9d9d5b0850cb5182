package io.p2pmining.cli.up;

import java.time.Duration;

/**
 * A process and what it prints.
 *
 * @param process the process
 * @param output what it printed so far
 * @param reader the thread that reads its output
 */
record RunningChild(Process process, ChildOutput output, Thread reader) {

  /**
   * Waits until all that the process printed is read, but not for ever: others may hold its output.
   */
  void awaitOutput(Duration limit) {
    try {
      reader.join(limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
