package io.p2pmining.worker.work;

import io.p2pmining.common.log.LogThrottle;
import io.p2pmining.common.wire.v1.NoWork;
import io.p2pmining.common.wire.v1.WorkunitAck;
import io.p2pmining.common.wire.v1.WorkunitResult;
import io.p2pmining.core.cpu.CpuSet;
import io.p2pmining.core.cpu.NumaNodes;
import io.p2pmining.core.memory.Sharing;
import io.p2pmining.core.miner.MiningShape;
import io.p2pmining.core.miner.SeedKey;
import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.core.tuning.TuningResult;
import io.p2pmining.worker.machine.EngineUse;
import io.p2pmining.worker.machine.MiningChoice;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The events of mining that an operator sees. Safe for use by any thread. */
final class WorkLog {

  private static final Logger LOG = LoggerFactory.getLogger("io.p2pmining.worker.Mining");
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int LINES = 5;

  private final LogThrottle changes;
  private final LogThrottle rejections;
  private final LogThrottle failures;

  WorkLog(InstantSource clock) {
    changes = new LogThrottle(LINES, WINDOW, clock);
    rejections = new LogThrottle(LINES, WINDOW, clock);
    failures = new LogThrottle(LINES, WINDOW, clock);
  }

  /** How this worker will use the machine. */
  static void chosen(MiningChoice choice) {
    LOG.info(
        "Hashing in {} mode on {} thread{}{} ({})",
        choice.mode().name().toLowerCase(Locale.ROOT),
        choice.threads(),
        choice.threads() == 1 ? "" : "s",
        choice.cpus().isEmpty() ? "" : ", processors " + CpuSet.of(choice.cpus()),
        choice.reason());
  }

  /** Tables will be shared. */
  static void sharing(Sharing sharing) {
    LOG.info(
        "Sharing caches and datasets with the workers that meet in {}",
        sharing.meetingPlace().orElseThrow());
  }

  /** Tables should have been shared. */
  static void cannotShare(String reason) {
    LOG.warn("Caches and datasets are this worker's own, though they should be shared: {}", reason);
  }

  /** A former process of this worker left something to do. */
  void tookUp(int units, int results, int expired) {
    LOG.info(
        "Taking up {} and {} of the last run{}",
        count(units, "unit"),
        count(results, "result"),
        expired == 0 ? "" : "; the leases of " + count(expired, "more unit") + " have ended");
  }

  private static String count(int number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }

  /** How memory is laid out on a machine of several NUMA nodes; nothing is said of others. */
  static void nodes(int chosen, NumaNodes machine, MiningChoice choice) {
    if (chosen > 1) {
      LOG.info("A dataset for each of {} NUMA nodes, if memory allows it", chosen);
    } else if (machine.nodes().size() > 1 && choice.cpus().isEmpty()) {
      LOG.info(
          "One dataset for all {} NUMA nodes, because threads are not bound to processors (p2pmine.worker.affinity)",
          machine.nodes().size());
    }
  }

  static void registersRestored(int values) {
    LOG.info("Restored {} registers that a worker which was killed had changed", values);
  }

  static void prefetchersOff(String preset) {
    LOG.info(
        "Prefetchers of the whole machine are off until the worker ends ({} processor)", preset);
  }

  static void prefetchersStay(String reason) {
    LOG.warn("Prefetchers stay as they are although p2pmine.worker.msr is auto: {}", reason);
  }

  void noWork(NoWork noWork, boolean idle) {
    String start = idle ? "Idle" : "No work after the units in hand";
    changes.log(hidden -> LOG.info("{}: {}{}", start, sentence(noWork), more(hidden)));
  }

  static String sentence(NoWork noWork) {
    String reason =
        switch (noWork.getReason()) {
          case REASON_NO_JOB -> "the master has no work";
          case REASON_SOURCE_DOWN -> "the master's source of work is down";
          case REASON_UNSUPPORTED_ALGORITHM ->
              "this worker has none of the algorithms that the master needs";
          case REASON_DRAINING -> "the master gives out no more work";
          case REASON_UNSPECIFIED, UNRECOGNIZED -> "the master gives no work";
        };
    return noWork.getDetail().isEmpty() ? reason : reason + ": " + noWork.getDetail();
  }

  void workAgain() {
    changes.log(hidden -> LOG.info("The master has work again{}", more(hidden)));
  }

  void preparing(SeedKey seed) {
    LOG.atLevel(levelFor(seed))
        .log(
            "Preparing {} in {} mode ({} MiB)",
            seed,
            seed.mode().name().toLowerCase(Locale.ROOT),
            seed.algorithm().preparedBytes(seed.mode()) >> 20);
  }

  void prepared(SeedKey seed, EngineUse use, Duration took) {
    LOG.atLevel(levelFor(seed))
        .log(
            "Prepared {} in {} s: {}, {} instructions, {} mode, pages {}, lanes {}",
            seed,
            String.format(Locale.ROOT, "%.1f", took.toMillis() / 1000.0),
            use.engine(),
            use.instructions(),
            use.modeName(),
            use.pages(),
            use.lanes());
  }

  void interim(SeedKey seed, EngineUse use) {
    LOG.info("Hashing {} in {} mode ({}) until it is prepared", seed, use.modeName(), use.engine());
  }

  void interpreted(SeedKey seed) {
    LOG.info(
        "The interpreter hashes {}, which takes many times as long as machine code: the compiler is off, or has none for this machine",
        seed.algorithm().name());
  }

  /** An operator wants to know where time and memory went, if any did. */
  private static Level levelFor(SeedKey seed) {
    return seed.algorithm().preparedBytes(seed.mode()) == 0 ? Level.DEBUG : Level.INFO;
  }

  /** A shape from an earlier run is used. */
  static void tuningFound(PowAlgorithm algorithm, MiningShape shape) {
    LOG.info("Hashing {} as it was tuned before: {}", algorithm.name(), words(shape));
  }

  static void tuned(PowAlgorithm algorithm, TuningResult result) {
    LOG.info(
        "Tuned {} in {} s of measuring{}: {}; {} H/s, {}",
        algorithm.name(),
        result.took().toSeconds(),
        result.complete() ? "" : ", not everything",
        words(result.shape()),
        String.format(Locale.ROOT, "%.1f", result.hashesPerSecond()),
        result.gain() > 0
            ? String.format(Locale.ROOT, "%.1f %% more than before", 100 * result.gain())
            : "as before");
  }

  private static String words(MiningShape shape) {
    return "%d thread%s%s, %d lane%s, prefetch %s, scratchpads on %s pages"
        .formatted(
            shape.threads(),
            shape.threads() == 1 ? "" : "s",
            shape.isBound() ? " on processors " + CpuSet.of(shape.cpus()) : "",
            shape.lanes(),
            shape.lanes() == 1 ? "" : "s",
            shape.prefetch().label(),
            shape.scratchpadPages().label());
  }

  static void cannotTune(PowAlgorithm algorithm, RuntimeException bug) {
    LOG.error("Bug in the tuning of {}; hashing goes on as before", algorithm.name(), bug);
  }

  static void tuningNotKept(IOException reason) {
    LOG.warn(
        "The result of tuning is not stored, the next start tunes again: {}", reason.toString());
  }

  void cannotPrepare(SeedKey seed, String reason) {
    failures.log(hidden -> LOG.warn("Cannot prepare {}: {}{}", seed, reason, more(hidden)));
  }

  void cannotSearch(UnitRef unit, String reason, Duration wait) {
    failures.log(
        hidden ->
            LOG.warn(
                "Cannot search unit {}: {}; asking for work again in {} s{}",
                unit.unitId(),
                reason,
                wait.toSeconds(),
                more(hidden)));
  }

  void recovered() {
    LOG.info("Hashing again");
  }

  void shareJudged(WorkunitResult share, WorkunitAck ack) {
    switch (ack.getVerdict()) {
      case VERDICT_BLOCK -> LOG.info("Found a block: a share of job {}", share.getJobId());
      case VERDICT_REJECTED ->
          rejections.log(
              hidden ->
                  LOG.warn(
                      "The master rejects a share of unit {}: {}{}",
                      share.getUnitId(),
                      word(ack.getRejection()),
                      more(hidden)));
      case VERDICT_ACCEPTED, VERDICT_UNSPECIFIED, UNRECOGNIZED ->
          LOG.debug("Share of unit {} accepted", share.getUnitId());
    }
  }

  private static String word(WorkunitAck.Rejection reason) {
    return reason.name().replace("REJECTION_", "").replace('_', ' ').toLowerCase(Locale.ROOT);
  }

  void paused(String reason) {
    changes.log(
        hidden -> LOG.warn("Hashing stops: {}; it goes on by itself{}", reason, more(hidden)));
  }

  void resumed() {
    changes.log(hidden -> LOG.info("Hashing goes on{}", more(hidden)));
  }

  void otherMaster(int units, int results) {
    LOG.warn(
        "This is another master than before: {} units and {} results of the former one are dropped",
        units,
        results);
  }

  /** What a line says at its end of those that were kept back. */
  static String more(long hidden) {
    return hidden == 0 ? "" : " (and " + hidden + " lines like it)";
  }
}
