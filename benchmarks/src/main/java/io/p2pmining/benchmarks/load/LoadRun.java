package io.p2pmining.benchmarks.load;

import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One run, from the first connection to the last: workers without work, a job and results at a
 * steady rate, other jobs one in the place of the other. Used by one thread.
 */
final class LoadRun {

  private static final double KIB = 1024;
  private static final double MIB = KIB * KIB;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_MILLI = 1e6;

  /** A rest in which results go on. */
  private static final Duration BETWEEN_JOBS = Duration.ofSeconds(5);

  /** As often as Prometheus asks, or more often. */
  private static final Duration MEMORY_EVERY = Duration.ofSeconds(5);

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration SETTLE = Duration.ofSeconds(2);
  private static final long POLL_MS = 5;

  private final LoadPlan plan;
  private final InetSocketAddress master;
  private final MasterApi api;
  private final @Nullable OwnMaster own;
  private final PrintWriter progress;
  private final SecureRandom random = new SecureRandom();
  private final Tally tally = new Tally();
  private final JobSwitches switches;
  private double mostHeap;
  private double mostResident;

  /**
   * @param own the master, if it was started for this run
   * @param progress is told what happens
   */
  LoadRun(
      LoadPlan plan,
      InetSocketAddress master,
      MasterApi api,
      @Nullable OwnMaster own,
      PrintWriter progress) {
    this.plan = plan;
    this.master = master;
    this.api = api;
    this.own = own;
    this.progress = progress;
    this.switches = new JobSwitches(plan.workers());
  }

  LoadReport make() throws InterruptedException {
    Memory before = memory();
    double pace = (double) plan.resultsPerSecond() / plan.workers();
    try (Swarm swarm = new Swarm(master, pace, random.nextLong(), tally, switches)) {
      say("connecting %d workers", plan.workers());
      swarm.connect(plan.workers());
      await(() -> tally.introductions() + tally.errorCount() >= plan.workers());
      Thread.sleep(SETTLE);
      Memory idle = memory();
      String job = api.post(LoadJob.fields(random));
      say("%d connected; results for %d s", tally.connections(), plan.seconds());
      swarm.start();
      observe(plan.warmUp());
      tally.startAgain();
      long begin = System.nanoTime();
      observe(plan.duration());
      Measured measured = measured(begin);
      List<Arrival> arrivals = new ArrayList<>();
      for (int i = 1; i <= plan.jobs(); i++) {
        say("another job, %d of %d", i, plan.jobs());
        Arrival arrival = replace(job);
        arrivals.add(arrival);
        job = arrival.job;
        observe(shorter(BETWEEN_JOBS, plan.duration()));
      }
      long connected = tally.connections();
      return report(measured, arrivals, connected, before, idle);
    }
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private void say(String what, Object... values) {
    progress.println(what.formatted(values));
    progress.flush();
  }

  private void observe(Duration duration) throws InterruptedException {
    long end = System.nanoTime() + duration.toNanos();
    for (long left = duration.toNanos(); left > 0; left = end - System.nanoTime()) {
      Thread.sleep(Duration.ofNanos(Math.min(left, MEMORY_EVERY.toNanos())));
      mostHeap = Math.max(mostHeap, api.heapBytes());
      if (own != null) {
        mostResident = Math.max(mostResident, own.residentBytes());
      }
    }
  }

  /** What was counted during the measurement. */
  private record Measured(
      double seconds, long shares, long results, Latencies.Summary assign, Latencies.Summary ack) {}

  private Measured measured(long begin) {
    double seconds = (System.nanoTime() - begin) / NANOS_PER_SECOND;
    long shares = tally.shares();
    return new Measured(
        seconds,
        shares,
        shares + tally.completions(),
        tally.assignments.summary(),
        tally.acknowledgements.summary());
  }

  /** How a new job reached the workers. */
  private record Arrival(String job, double cancelMs, double assignMs, int workers) {}

  /** The new job is there when the old one ends: workers lose one and get the other. */
  private Arrival replace(String old) throws InterruptedException {
    String next = api.post(LoadJob.fields(random));
    JobSwitch watched = switches.expect(next);
    long begin = System.nanoTime();
    api.cancel(old);
    await(watched::isDone);
    if (!watched.isDone()) {
      tally.error("no work from the new job within " + PATIENCE.toSeconds() + " s");
    }
    return new Arrival(
        next,
        (watched.lastCancelNanos(begin) - begin) / NANOS_PER_MILLI,
        (watched.lastAssignNanos(begin) - begin) / NANOS_PER_MILLI,
        watched.assignedCount());
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      Thread.sleep(POLL_MS);
    }
  }

  /** How much the master uses; of one that cannot be asked, not a number. */
  private record Memory(double used, double resident) {

    static final Memory UNKNOWN = new Memory(Double.NaN, Double.NaN);

    double usedKibEach(Memory before, int workers) {
      return known((used - before.used) / workers / KIB);
    }

    double residentKibEach(Memory before, int workers) {
      return known((resident - before.resident) / workers / KIB);
    }

    private static double known(double kib) {
      return Double.isNaN(kib) ? -1 : kib;
    }
  }

  /** Without garbage, of a master that can be told to collect it. */
  private Memory memory() throws InterruptedException {
    if (own == null) {
      return Memory.UNKNOWN;
    }
    own.collectGarbage();
    return new Memory(api.heapAndBufferBytes(), own.residentBytes());
  }

  private LoadReport report(
      Measured measured, List<Arrival> arrivals, long connected, Memory before, Memory idle) {
    return new LoadReport(
        plan.workers(),
        connected,
        measured.seconds,
        measured.shares / measured.seconds,
        measured.results / measured.seconds,
        tally.handshakes.summary(),
        measured.assign,
        measured.ack,
        arrivals.stream().map(Arrival::cancelMs).toList(),
        arrivals.stream().map(Arrival::assignMs).toList(),
        arrivals.getLast().workers,
        mostHeap / MIB,
        own == null ? -1 : mostResident / MIB,
        idle.usedKibEach(before, plan.workers()),
        idle.residentKibEach(before, plan.workers()),
        tally.errorCount(),
        tally.errors());
  }
}
