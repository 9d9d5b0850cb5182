package io.p2pmining.cli.up;

import io.p2pmining.cli.CommandFailure;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * One service process that is started again when it dies: first after a second, then after twice as
 * long each time, until it dies too often in a row. Owned by the thread that runs {@code up}.
 */
final class Child {

  /** A child that ran this long is well again: its next death is the first of a new row. */
  static final Duration WELL_AFTER = Duration.ofMinutes(1);

  /** So many deaths in a row are no accident any more. */
  static final int DEATHS_IN_A_ROW = 6;

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  /** What a child has to print when it ends arrives within this time. */
  private static final Duration OUTPUT_LIMIT = Duration.ofSeconds(1);

  /** The system needs a moment to take a process away. */
  private static final Duration KILL_LIMIT = Duration.ofSeconds(2);

  private final ChildPlan plan;
  private final ChildStarter starter;
  private final Console console;
  private final LongSupplier nanoClock;
  private State state = new NotStarted();
  private int deaths;

  private sealed interface State {}

  private record NotStarted() implements State {}

  private record Running(RunningChild child, long since) implements State {}

  private record Pausing(long until) implements State {}

  Child(ChildPlan plan, ChildStarter starter, Console console, LongSupplier nanoClock) {
    this.plan = plan;
    this.starter = starter;
    this.console = console;
    this.nanoClock = nanoClock;
  }

  String name() {
    return plan.name();
  }

  /** The process id; empty while it does not run. */
  OptionalLong pid() {
    return state instanceof Running running
        ? OptionalLong.of(running.child.process().pid())
        : OptionalLong.empty();
  }

  /** Starts it. */
  void start() {
    state = new Running(starter.start(plan), nanoClock.getAsLong());
  }

  /**
   * Notices a death, and starts the child again when it is time.
   *
   * @throws CommandFailure if it refuses to start or dies again and again
   */
  void look() {
    switch (state) {
      case NotStarted notYet -> {}
      case Running running -> {
        if (!running.child.process().isAlive()) {
          died(running);
        }
      }
      case Pausing pausing -> {
        if (nanoClock.getAsLong() - pausing.until >= 0) {
          start();
        }
      }
    }
  }

  private void died(Running running) {
    long now = nanoClock.getAsLong();
    boolean wasWell = now - running.since >= WELL_AFTER.toNanos();
    deaths = wasWell ? 1 : deaths + 1;
    running.child.awaitOutput(OUTPUT_LIMIT);
    ChildOutput output = running.child.output();
    if (output.isRefusal() && deaths == 1 && !wasWell) {
      throw new CommandFailure(plan.name() + " cannot start: " + output.lastWords());
    }
    String death = death(running.child.process().exitValue(), output.lastWords());
    if (deaths >= DEATHS_IN_A_ROW) {
      throw new CommandFailure(
          death + "; it died " + deaths + " times in a row, its log is " + plan.log());
    }
    Duration pause = FIRST_PAUSE.multipliedBy(1L << (deaths - 1));
    console.say(death + "; it starts again in " + pause.toSeconds() + " s");
    state = new Pausing(now + pause.toNanos());
  }

  private String death(int status, String lastWords) {
    return plan.name()
        + " ended with status "
        + status
        + (lastWords.isEmpty() ? "" : " (" + lastWords + ")");
  }

  /** Asks it to end, without waiting. */
  void terminate() {
    if (state instanceof Running running) {
      running.child.process().destroy();
    }
  }

  /** Waits for the end of a child that was asked to, and kills it when it takes too long. */
  void awaitEnd(long deadlineNanos) throws InterruptedException {
    if (state instanceof Running running) {
      Process process = running.child.process();
      long left = Math.max(0, deadlineNanos - nanoClock.getAsLong());
      if (!process.waitFor(left, TimeUnit.NANOSECONDS)) {
        console.say(plan.name() + " does not end, so it is killed");
        process.destroyForcibly().waitFor(KILL_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      }
    }
  }
}
