package io.p2pmining.core.miner;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.core.pow.PreparedSeed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Remembers what a miner said and lets a test wait for the next end of a task. */
final class RecordedEvents implements MinerListener {

  record Share(MiningTask task, long nonce, byte[] hash) {}

  /** The end of a task; {@code reason} is empty if it was completed. */
  record End(MiningTask task, long searched, String reason) {}

  private static final long PATIENCE_SECONDS = 30;

  final ConcurrentLinkedQueue<Share> shares = new ConcurrentLinkedQueue<>();
  final BlockingQueue<SeedKey> prepared = new LinkedBlockingQueue<>();
  final BlockingQueue<SeedKey> interims = new LinkedBlockingQueue<>();
  final BlockingQueue<String> seedFailures = new LinkedBlockingQueue<>();
  private final BlockingQueue<End> ends = new LinkedBlockingQueue<>();

  /** The shares of each completed task that had been reported when its end was. */
  final ConcurrentHashMap<MiningTask, List<Long>> sharesAtEnd = new ConcurrentHashMap<>();

  /** What was said about faulty threads, after their indexes. */
  private final BlockingQueue<Map.Entry<Integer, String>> faults = new LinkedBlockingQueue<>();

  /** A share of this nonce makes the listener throw. */
  volatile long unwelcomeNonce = -1;

  @Override
  public void shareFound(MiningTask task, long nonce, byte[] hash) {
    if (nonce == unwelcomeNonce) {
      throw new IllegalStateException("scripted displeasure");
    }
    shares.add(new Share(task, nonce, hash));
  }

  @Override
  public void rangeCompleted(MiningTask task, long searched, Duration elapsed) {
    assertThat(elapsed).isGreaterThanOrEqualTo(Duration.ZERO);
    assertThat(sharesAtEnd.put(task, noncesOf(task))).as("completed before").isNull();
    ends.add(new End(task, searched, ""));
  }

  @Override
  public void rangeFailed(MiningTask task, long searched, String reason) {
    ends.add(new End(task, searched, reason));
  }

  @Override
  public void seedInterim(SeedKey seed, PreparedSeed interim) {
    interims.add(seed);
  }

  @Override
  public void seedPrepared(SeedKey seed, PreparedSeed preparedSeed, Duration took) {
    prepared.add(seed);
  }

  @Override
  public void seedFailed(SeedKey seed, String reason) {
    seedFailures.add(reason);
  }

  @Override
  public void threadFaulty(int thread, String reason) {
    faults.add(Map.entry(thread, reason));
  }

  Map.Entry<Integer, String> awaitFault() throws InterruptedException {
    return awaitNext(faults);
  }

  boolean hasFault() {
    return !faults.isEmpty();
  }

  End awaitEnd() throws InterruptedException {
    return awaitNext(ends);
  }

  /** The ends so far that nobody has waited for, in no order. */
  List<End> drainEnds() {
    List<End> all = new ArrayList<>();
    ends.drainTo(all);
    return all;
  }

  SeedKey awaitInterim() throws InterruptedException {
    return awaitNext(interims);
  }

  SeedKey awaitPrepared() throws InterruptedException {
    return awaitNext(prepared);
  }

  String awaitSeedFailure() throws InterruptedException {
    return awaitNext(seedFailures);
  }

  List<Long> noncesOf(MiningTask task) {
    return shares.stream().filter(s -> s.task() == task).map(Share::nonce).sorted().toList();
  }

  private static <T> T awaitNext(BlockingQueue<T> queue) throws InterruptedException {
    T next = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(next).as("something within %d s", PATIENCE_SECONDS).isNotNull();
    return next;
  }
}
