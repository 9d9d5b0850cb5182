package io.p2pmining.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.p2pmining.cli.CommandFailure;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the children are shell scripts")
class ChildTest {

  private static final long LIMIT_SECONDS = 30;

  private final StringWriter shown = new StringWriter();
  private final Console console = new Console(new PrintWriter(shown), OptionalInt.empty());
  private long nanos;
  private Child child = child("exec sleep 60");

  @AfterEach
  void killChild() {
    child.pid().ifPresent(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
  }

  @Test
  void isLeftAloneWhileItLives() {
    child.start();
    long pid = child.pid().orElseThrow();

    child.look();

    assertThat(child.pid()).hasValue(pid);
    assertThat(shown.toString()).isEmpty();
  }

  @Test
  void doesNotStartByItself() {
    child.look();

    assertThat(child.pid()).isEmpty();
  }

  @Test
  void startsAgainAfterAPauseWhenItDies() throws Exception {
    child.start();
    long first = child.pid().orElseThrow();
    ProcessHandle.of(first).ifPresent(ProcessHandle::destroyForcibly);
    awaitEnd(first);

    child.look();
    assertThat(child.pid()).isEmpty();
    pass(Duration.ofMillis(999));
    child.look();
    assertThat(child.pid()).isEmpty();
    pass(Duration.ofMillis(1));
    child.look();

    assertThat(child.pid()).isPresent();
    assertThat(child.pid().getAsLong()).isNotEqualTo(first);
    assertThat(shown.toString().lines())
        .containsExactly("worker-1 ended with status 137; it starts again in 1 s");
  }

  @Test
  void pausesTwiceAsLongEachTimeAndGivesUpInTheEnd() {
    child = child("echo out of luck; exit 3");
    child.start();

    assertThatThrownBy(this::dieUntilItGivesUp)
        .isInstanceOf(CommandFailure.class)
        .hasMessage(
            "worker-1 ended with status 3 (out of luck); it died 6 times in a row, its log is"
                + " worker-1.log");
    assertThat(shown.toString().lines().map(line -> line.replaceAll(".* in ", "")))
        .containsExactly("1 s", "2 s", "4 s", "8 s", "16 s");
  }

  @Test
  void beginsANewRowOfDeathsWhenItWasWell() throws Exception {
    child.start();
    for (int death = 1; death <= 2 * Child.DEATHS_IN_A_ROW; death++) {
      long pid = child.pid().orElseThrow();
      pass(Child.WELL_AFTER);
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
      awaitEnd(pid);
      child.look();
      pass(Duration.ofSeconds(1));
      child.look();
    }

    assertThat(shown.toString().lines())
        .hasSize(2 * Child.DEATHS_IN_A_ROW)
        .allMatch(line -> line.endsWith("it starts again in 1 s"));
  }

  @Test
  void doesNotTryAgainWhatRefusesToStart() throws Exception {
    child = child("echo 'The worker cannot start: it has no master.' >&2; exit 1");
    child.start();
    awaitEnd(child.pid().orElseThrow());

    assertThatThrownBy(child::look)
        .isInstanceOf(CommandFailure.class)
        .hasMessage("worker-1 cannot start: it has no master.");
  }

  @Test
  void endsWhenItIsAskedTo() throws Exception {
    child.start();
    long pid = child.pid().orElseThrow();

    child.terminate();
    child.awaitEnd(TimeUnit.SECONDS.toNanos(LIMIT_SECONDS));

    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    assertThat(shown.toString()).isEmpty();
  }

  @Test
  void isKilledWhenItDoesNotEnd() throws Exception {
    child = child("trap '' TERM; echo ERROR deaf; while :; do sleep 0.1; done");
    child.start();
    long pid = child.pid().orElseThrow();
    awaitShown("deaf");

    child.terminate();
    child.awaitEnd(Duration.ofMillis(300).toNanos());

    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    assertThat(shown.toString()).contains("worker-1 does not end, so it is killed");
  }

  @Test
  void saysWhenItCannotBeStartedAtAll() {
    child =
        new Child(
            new ChildPlan("worker-1", List.of("/nowhere/java"), Path.of("log")),
            new ChildStarter(console, InstantSource.system()),
            console,
            () -> nanos);

    assertThatThrownBy(child::start)
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith("worker-1 cannot be started: ");
  }

  private void dieUntilItGivesUp() throws Exception {
    for (int look = 0; look < 100; look++) {
      OptionalLong pid = child.pid();
      if (pid.isPresent()) {
        awaitEnd(pid.getAsLong());
      }
      child.look();
      pass(Duration.ofSeconds(1));
    }
  }

  private Child child(String script) {
    ChildPlan plan =
        new ChildPlan("worker-1", List.of("sh", "-c", script), Path.of("worker-1.log"));
    return new Child(plan, new ChildStarter(console, InstantSource.system()), console, () -> nanos);
  }

  private void pass(Duration duration) {
    nanos += duration.toNanos();
  }

  private static void awaitEnd(long pid) throws Exception {
    ProcessHandle process = ProcessHandle.of(pid).orElse(null);
    if (process != null) {
      process.onExit().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
  }

  private void awaitShown(String text) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (!shown.toString().contains(text)) {
      assertThat(System.nanoTime()).as("waiting for " + text).isLessThan(end);
      Thread.sleep(10);
    }
  }
}
