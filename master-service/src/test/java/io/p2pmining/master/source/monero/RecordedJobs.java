package io.p2pmining.master.source.monero;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.master.job.Job;
import io.p2pmining.master.job.JobListener;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A listener that keeps what it is told, in order. */
final class RecordedJobs implements JobListener {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

  sealed interface Event {}

  record Arrival(Job job, Replacement replacement) implements Event {}

  record Withdrawal(String source, String reason) implements Event {}

  @Override
  public void jobArrived(Job job, Replacement replacement) {
    events.add(new Arrival(job, replacement));
  }

  @Override
  public void jobsWithdrawn(String source, String reason) {
    events.add(new Withdrawal(source, reason));
  }

  /** The oldest event that nobody has taken. */
  Event next() {
    Event event = events.poll();
    assertThat(event).as("an event").isNotNull();
    return event;
  }

  Arrival nextArrival() {
    assertThat(events.peek()).as("the next event").isInstanceOf(Arrival.class);
    return (Arrival) next();
  }

  Withdrawal nextWithdrawal() {
    assertThat(events.peek()).as("the next event").isInstanceOf(Withdrawal.class);
    return (Withdrawal) next();
  }

  void expectNothing() {
    assertThat(events).isEmpty();
  }

  /** Waits for an arrival that fits and drops what comes before it. */
  Arrival awaitArrival(Predicate<Arrival> fits) throws InterruptedException {
    return (Arrival) await(event -> event instanceof Arrival arrival && fits.test(arrival));
  }

  /** Waits for a withdrawal and drops what comes before it. */
  Withdrawal awaitWithdrawal() throws InterruptedException {
    return (Withdrawal) await(event -> event instanceof Withdrawal);
  }

  private Event await(Predicate<Event> fits) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Event event = events.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      assertThat(event).as("an event within %s", PATIENCE).isNotNull();
      if (fits.test(event)) {
        return event;
      }
    }
  }
}
