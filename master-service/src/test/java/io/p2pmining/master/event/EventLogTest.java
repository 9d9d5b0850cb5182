package io.p2pmining.master.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.master.event.EventLog.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EventLogTest {

  private static final Set<EventType> ALL = EnumSet.allOf(EventType.class);
  private static final Duration LONG = Duration.ofMinutes(10);

  private final EventLog log = new EventLog(() -> Instant.EPOCH, 4, 100);

  @Test
  void givesIdsInOrder() throws InterruptedException {
    assertThat(log.newest()).isEqualTo(99);
    append(3);

    assertThat(ids(99)).containsExactly(100L, 101L, 102L);
    assertThat(ids(101)).containsExactly(102L);
    assertThat(ids(102)).isEmpty();
  }

  @Test
  void leavesOutWhatIsNotWantedAndReadsPastIt() throws InterruptedException {
    append(2);

    assertThat(log.after(99, EnumSet.of(EventType.BLOCK), Duration.ZERO))
        .isEqualTo(new Reading.Events(List.of(), 101));
  }

  @Test
  void saysWhatIsLost() throws InterruptedException {
    append(6);

    assertThat(log.after(100, ALL, LONG)).isEqualTo(new Reading.Lost(102, 105));
    assertThat(ids(101)).containsExactly(102L, 103L, 104L, 105L);
  }

  @Test
  void doesNotKnowIdsOfOtherProcesses() throws InterruptedException {
    assertThat(log.after(5, ALL, LONG)).isEqualTo(new Reading.Lost(100, 99));
    append(1);
    assertThat(log.after(5000, ALL, LONG)).isEqualTo(new Reading.Lost(100, 100));
  }

  @Test
  void looksBackFromTheNewestAsFarAsTheRingGoes() {
    append(6);

    assertThat(log.latest(event -> true, 3))
        .extracting(ClusterEvent::id)
        .containsExactly(105L, 104L, 103L);
    assertThat(log.latest(event -> event.id() % 2 == 0, 10))
        .extracting(ClusterEvent::id)
        .containsExactly(104L, 102L);
    assertThat(log.latest(event -> false, 10)).isEmpty();
  }

  @Test
  void wakesWhoWaits() throws Exception {
    CompletableFuture<Reading> reading =
        CompletableFuture.supplyAsync(() -> afterUnchecked(99), Thread::startVirtualThread);
    append(1);

    assertThat(reading.get(20, TimeUnit.SECONDS))
        .isInstanceOfSatisfying(
            Reading.Events.class, read -> assertThat(read.upTo()).isEqualTo(100));
  }

  @Test
  void endsForEverybodyWhenItIsClosed() throws Exception {
    CompletableFuture<Reading> reading =
        CompletableFuture.supplyAsync(() -> afterUnchecked(99), Thread::startVirtualThread);
    log.close();

    assertThat(reading.get(20, TimeUnit.SECONDS)).isEqualTo(new Reading.Closed());
    assertThat(log.after(99, ALL, LONG)).isEqualTo(new Reading.Closed());
  }

  private Reading afterUnchecked(long id) {
    try {
      return log.after(id, ALL, LONG);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<Long> ids(long after) throws InterruptedException {
    return log.after(after, ALL, Duration.ZERO) instanceof Reading.Events(var events, long upTo)
        ? events.stream().map(ClusterEvent::id).toList()
        : List.of(-1L);
  }

  private void append(int count) {
    for (int i = 0; i < count; i++) {
      log.append(new Occurrence.JobsWithdrawn("test", "no node answers"));
    }
  }
}
