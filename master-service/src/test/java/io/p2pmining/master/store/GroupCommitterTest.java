package io.p2pmining.master.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.p2pmining.master.simulation.DrivenClock;
import io.p2pmining.master.work.Rejection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupCommitterTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final DrivenClock clock = new DrivenClock();
  private final Journal journal = new Journal(0);
  private final MemoryStore memory = new MemoryStore();
  private final StoreStatus status = new StoreStatus(clock);
  private final List<String> happened = new CopyOnWriteArrayList<>();
  private final AtomicInteger refusals = new AtomicInteger();
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private final GroupCommitter committer =
      new GroupCommitter(
          journal,
          this::write,
          this::execute,
          status,
          new Lag(System::nanoTime),
          Duration.ofMillis(1));

  private void execute(Runnable effects) {
    if (refusals.getAndDecrement() > 0) {
      throw new RejectedExecutionException("too many tasks wait");
    }
    effects.run();
  }

  private void write(Group group) throws StoreException {
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new StoreException("interrupted");
    }
    memory.write(group);
    happened.add("durable");
  }

  @AfterEach
  void close() {
    gate.countDown();
    committer.close();
  }

  private void record(String effect) {
    journal.shareRejected(Workload.peer(1), Rejection.STALE);
    journal.whenDurable(() -> happened.add(effect));
    journal.taskEnded();
  }

  @Test
  void waitsForADispatcherThatHasTooMuchToDo() {
    refusals.set(3);
    record("first");
    record("second");
    committer.start();

    await().atMost(LIMIT).until(() -> happened.contains("second"));
    assertThat(happened).containsExactly("durable", "first", "second");
  }

  @Test
  void letsNothingHappenBeforeItIsDurable() {
    record("first");
    record("second");
    committer.start();

    await().atMost(LIMIT).until(() -> happened.size() == 3);
    assertThat(happened).containsExactly("durable", "first", "second");
    assertThat(memory.total("shares.STALE")).isEqualTo(2);
    assertThat(status.trouble()).isEmpty();
  }

  @Test
  void triesAgainUntilTheDatabaseIsBackAndLosesNothing() {
    memory.turnDown(true);
    record("first");
    committer.start();
    await().atMost(LIMIT).until(() -> status.failures() >= 2);
    record("second");
    clock.advance(Duration.ofSeconds(30));

    assertThat(status.trouble()).contains("the store is down", "for 30 s", "keep their results");
    assertThat(happened).isEmpty();

    memory.turnDown(false);
    await().atMost(LIMIT).until(() -> happened.contains("second"));
    assertThat(happened).containsExactly("durable", "first", "durable", "second");
    assertThat(memory.total("shares.STALE")).isEqualTo(2);
    assertThat(status.trouble()).isEmpty();
  }

  @Test
  void saysThatTheDatabaseIsSlow() {
    gate = new CountDownLatch(1);
    record("late");
    committer.start();
    await().atMost(LIMIT).until(() -> journal.waiting() == 0);
    clock.advance(Duration.ofSeconds(2));
    await().atMost(LIMIT).until(() -> status.trouble().contains("2000 ms"));
    gate.countDown();
    await().atMost(LIMIT).until(() -> happened.contains("late"));

    assertThat(status.trouble()).contains("slow");
    clock.advance(Duration.ofSeconds(6));
    assertThat(status.trouble()).isEmpty();
  }

  @Test
  void writesWhatIsLeftWhenItCloses() {
    committer.start();
    record("last");
    committer.close();

    assertThat(happened).containsSubsequence("durable", "last");
  }

  @Test
  void isFullBeforeMemoryIs() {
    for (int i = 0; i <= Journal.MAX_WEIGHT; i++) {
      journal.whenDurable(() -> {});
      journal.taskEnded();
    }

    assertThat(journal.isFull()).isTrue();
    journal.take(true);
    assertThat(journal.isFull()).isFalse();
  }
}
