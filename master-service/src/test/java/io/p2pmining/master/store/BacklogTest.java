package io.p2pmining.master.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BacklogTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration FOR_EVER = Duration.ofDays(1);
  private static final int MAX_BYTES = 1000;

  private final Lag lag = new Lag(new AdvancingClock()::nanoTime);
  private final Backlog backlog = new Backlog(MAX_BYTES, lag, 0);
  private final AtomicReference<Thread> applier = new AtomicReference<>();

  /** Shows another second at every look: whatever waits is late. */
  private static final class AdvancingClock {

    private long now;

    long nanoTime() {
      now += Duration.ofSeconds(1).toNanos();
      return now;
    }
  }

  @BeforeEach
  void beLate() {
    lag.begun();
  }

  private void add(long number, int bytes) {
    Group group = new Group();
    group.number(number);
    backlog.add(group, bytes);
  }

  private CompletableFuture<Long> next() {
    CompletableFuture<Long> number = new CompletableFuture<>();
    applier.set(
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> number.complete(backlog.next(FOR_EVER, Duration.ZERO, FOR_EVER).number())));
    await()
        .atMost(LIMIT)
        .until(() -> applier.get().getState() == Thread.State.TIMED_WAITING || number.isDone());
    return number;
  }

  @Test
  void keepsGroupsWhileWorkersWait() throws Exception {
    add(1, 1);
    CompletableFuture<Long> number = next();
    add(2, 1);
    assertThat(number).isNotDone();

    lag.happened();

    assertThat(number.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(2);
  }

  @Test
  void givesThemToReadersAllTheSame() throws Exception {
    add(1, 1);
    CompletableFuture<Long> number = next();
    Thread reader = Thread.ofPlatform().daemon().start(() -> backlog.awaitReadable(FOR_EVER));

    assertThat(number.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(1);

    backlog.applied(1, false);
    assertThat(reader.isAlive()).isTrue();
    backlog.applied(1, true);
    reader.join(LIMIT);
    assertThat(reader.isAlive()).isFalse();
  }

  @Test
  void givesThemWhenThereAreMany() throws Exception {
    add(1, 1);
    CompletableFuture<Long> number = next();
    add(2, MAX_BYTES / 2);

    assertThat(number.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(2);
  }

  @Test
  void givesThemAtTheEnd() throws Exception {
    add(1, 1);
    CompletableFuture<Long> number = next();
    backlog.close();

    assertThat(number.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(1);
  }
}
