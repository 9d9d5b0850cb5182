package io.p2pmining.cli.up;

import io.p2pmining.common.log.LogThrottle;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Reads what a child prints: its warnings and errors go to the console, but not in a flood, and the
 * last other lines are remembered for the case that it dies. {@link #pump} blocks its thread until
 * the child closes its output; {@link #lastWords} may be called by any thread.
 */
final class ChildOutput {

  /** How many lines are remembered. */
  private static final int REMEMBERED = 20;

  /** How many lines are shown in one {@link #WINDOW}. */
  private static final int SHOWN = 5;

  private static final Duration WINDOW = Duration.ofSeconds(10);
  private static final int LONGEST_LINE = 500;

  /** With these words a service says why it does not start. */
  private static final String REFUSAL = "cannot start: ";

  private final ChildPlan plan;
  private final Console console;
  private final LogThrottle throttle;

  // Guarded by this.
  private final Deque<String> remembered = new ArrayDeque<>();

  ChildOutput(ChildPlan plan, Console console, InstantSource clock) {
    this.plan = plan;
    this.console = console;
    this.throttle = new LogThrottle(SHOWN, WINDOW, clock);
  }

  /** Reads until the end. */
  void pump(BufferedReader reader) {
    try (reader) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        take(line);
      }
    } catch (IOException e) {
      // The child is gone, and with it the rest of what it had to say.
    }
  }

  private synchronized void take(String line) {
    if (line.isBlank()) {
      return;
    }
    String text = line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "…";
    if (text.startsWith("WARN ") || text.startsWith("ERROR ")) {
      show(text.substring(text.indexOf(' ') + 1).strip());
    } else {
      remember(text);
    }
  }

  private void remember(String text) {
    if (remembered.size() == REMEMBERED) {
      remembered.removeFirst();
    }
    remembered.addLast(text);
  }

  private void show(String text) {
    throttle.log(
        keptBack -> {
          if (keptBack > 0) {
            console.say(plan.name() + ": " + keptBack + " more warnings are in " + plan.log());
          }
          console.say(plan.name() + ": " + text);
        });
  }

  /** Whether the child said that it refuses to start. */
  synchronized boolean isRefusal() {
    return remembered.stream().anyMatch(line -> line.contains(REFUSAL));
  }

  /**
   * The child's own reason for its end, or the last line beside warnings; empty if there is none.
   */
  synchronized String lastWords() {
    return remembered.stream()
        .filter(line -> line.contains(REFUSAL))
        .findFirst()
        .map(line -> line.substring(line.indexOf(REFUSAL) + REFUSAL.length()))
        .orElseGet(() -> remembered.isEmpty() ? "" : remembered.getLast());
  }
}
