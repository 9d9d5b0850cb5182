package io.p2pmining.worker.node;

import io.p2pmining.common.settings.Live;
import io.p2pmining.common.settings.NeedsRestart;
import io.p2pmining.core.cpu.Affinity;
import io.p2pmining.core.memory.Sharing;
import io.p2pmining.core.memory.SharingPolicy;
import io.p2pmining.core.miner.MinerSettings;
import io.p2pmining.core.pow.CompilerPolicy;
import io.p2pmining.core.pow.EngineSettings;
import io.p2pmining.core.pow.InstructionLimit;
import io.p2pmining.core.pow.PrefetchMode;
import io.p2pmining.core.tuning.FixedSettings;
import io.p2pmining.core.tuning.TuningRule;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The settings {@code p2pmine.worker.*}. Immutable; a value that makes no sense is refused when the
 * worker starts.
 *
 * @param master where the master is, {@code HOST:PORT}
 * @param name what the master calls this worker, at most 64 bytes; the name of this machine if none
 *     is set
 * @param threads hashing threads, 1 to 1024; one for each suitable core, or for each that {@code
 *     affinity} lists, if none is set
 * @param mode how much memory to spend: {@code light} (256 MiB for RandomX), {@code full} (2336
 *     MiB, of which 256 MiB only while preparing; many times as fast), or {@code auto}: full if
 *     that much is available when the worker starts
 * @param compiler whether machine code computes hashes: {@code auto} (where the machine allows it),
 *     {@code required} (else nothing is hashed) or {@code off}
 * @param instructions the newest processor extensions that machine code may use: {@code auto} (all
 *     there are), {@code avx512}, {@code avx2}, {@code none} or {@code no-aes}
 * @param interleave how many hashes a thread computes side by side: {@code auto} or 1 to 4
 * @param prefetch how dataset items are fetched ahead: {@code at-once}, {@code walk-first} (first
 *     the translation of their address, which is faster in most virtual machines), or {@code auto}
 * @param pages memory pages under the large tables: {@code auto} (the largest there are), {@code
 *     1g}, {@code 2m}, {@code thp} or {@code 4k}; what cannot be had becomes the next smaller
 * @param sharedMemory whether workers of this machine have one copy of the large tables: {@code
 *     auto} (if a directory is given, and where the system allows it), {@code required} (else the
 *     worker does not start) or {@code off}; 64-bit Linux only
 * @param sharedDirectory where the workers that share find each other; nobody else may look into
 *     it; nothing is shared if it is empty
 * @param sharedThreads how many threads compute a table while all who share it wait, up to 1024; 0
 *     for as many as hash
 * @param affinity the processors that threads are bound to: {@code auto} (the best ones, if this
 *     worker uses all that mine well), {@code off}, or a list such as {@code 0-3,8}; Linux only
 * @param numa whether each NUMA node on which threads hash gets a dataset of its own: {@code auto}
 *     (if threads are bound and memory allows it) or {@code off}
 * @param msr whether prefetchers that RandomX has no use for are turned off for the whole machine
 *     while the worker runs: {@code off}, or {@code auto} (where it is possible: as root, with the
 *     kernel module msr, and not in a virtual machine)
 * @param tune whether the worker finds out beside the mining how it hashes fastest: {@code auto}
 *     (where no result is stored for this machine, version, algorithm, mode and kind of pages) or
 *     {@code off}; what {@code threads}, {@code interleave}, {@code prefetch}, {@code affinity} and
 *     {@code pages} set is never changed
 * @param tuneTime how long measuring may take in all, 1 s to 2 m
 * @param tuningFile where results are stored; {@code tuning.json} in the data directory if none is
 *     set
 * @param throttle for how much of the time each thread hashes, 1 to 100 percent
 * @param pauseOnBattery whether hashing waits while this machine runs on its battery
 * @param pauseWhileActive whether hashing waits while somebody uses this machine's desktop
 * @param niceness how far hashing steps back for other programs, 0 (not at all) to 19; Linux only
 * @param memoryReserve how much of the available memory hashing must leave to others
 * @param progressInterval how often the master hears how far a unit is, at least 100 ms
 * @param disconnectGrace for how long hashing goes on without a connection to the master
 * @param outboxCapacity how many results may wait for the master's acknowledgement before hashing
 *     pauses, 16 to 2048
 * @param http where health and metrics are served
 */
@ConfigurationProperties(prefix = "p2pmine.worker", ignoreUnknownFields = false)
public record WorkerSettings(
    @NeedsRestart("units in hand are the master's who gave them") @DefaultValue("127.0.0.1:9740")
        MasterAddress master,
    @Nullable String name,
    @Live @Nullable Integer threads,
    @NeedsRestart("the tables of another mode need memory that those in use have")
        @DefaultValue("auto")
        ModeSetting mode,
    @DefaultValue("auto") CompilerPolicy compiler,
    @DefaultValue("auto") InstructionLimit instructions,
    @DefaultValue("auto") String interleave,
    @DefaultValue("auto") PrefetchMode prefetch,
    @DefaultValue("auto") String pages,
    @DefaultValue("auto") SharingPolicy sharedMemory,
    @DefaultValue("") String sharedDirectory,
    @DefaultValue("0") int sharedThreads,
    @DefaultValue("auto") String affinity,
    @DefaultValue("auto") NumaSetting numa,
    @DefaultValue("off") RegisterSetting msr,
    @DefaultValue("auto") TuneSetting tune,
    @DefaultValue("2m") Duration tuneTime,
    @Nullable Path tuningFile,
    @Live @DefaultValue("100") int throttle,
    @DefaultValue("false") boolean pauseOnBattery,
    @DefaultValue("false") boolean pauseWhileActive,
    @DefaultValue("10") int niceness,
    @Live @DefaultValue("64MB") DataSize memoryReserve,
    @DefaultValue("5s") Duration progressInterval,
    @DefaultValue("30s") Duration disconnectGrace,
    @DefaultValue("1024") int outboxCapacity,
    @NestedConfigurationProperty @DefaultValue HttpSettings http) {

  /** What the protocol allows for a name. */
  private static final int MAX_NAME_BYTES = 64;

  private static final int MAX_PERCENT = 100;
  private static final int MAX_THREADS = 1024;
  private static final Duration MIN_PROGRESS_INTERVAL = Duration.ofMillis(100);
  private static final Duration MIN_TUNE_TIME = Duration.ofSeconds(1);
  private static final int MIN_OUTBOX = 16;

  /** All of them must fit the connection's buffer when they are sent again after a reconnect. */
  private static final int MAX_OUTBOX = 2048;

  public WorkerSettings {
    require(
        name == null || name.getBytes(StandardCharsets.UTF_8).length <= MAX_NAME_BYTES,
        "name must have at most " + MAX_NAME_BYTES + " bytes");
    require(
        threads == null || (threads >= 1 && threads <= MAX_THREADS),
        "threads must be 1 to " + MAX_THREADS);
    EngineSyntax.check(interleave, pages, affinity);
    require(
        sharedThreads >= 0 && sharedThreads <= MAX_THREADS,
        "shared-threads must be 0 to " + MAX_THREADS);
    require(
        sharedMemory != SharingPolicy.REQUIRED || !sharedDirectory.isBlank(),
        "shared-memory=required needs shared-directory");
    require(
        tuneTime.compareTo(MIN_TUNE_TIME) >= 0 && tuneTime.compareTo(TuningRule.MOST_TIME) <= 0,
        "tune-time must be 1s to 2m");
    require(throttle >= 1 && throttle <= MAX_PERCENT, "throttle must be 1 to " + MAX_PERCENT);
    require(
        niceness >= 0 && niceness <= MinerSettings.MAX_NICENESS,
        "niceness must be 0 to " + MinerSettings.MAX_NICENESS);
    require(!memoryReserve.isNegative(), "memory-reserve must not be negative");
    require(
        progressInterval.compareTo(MIN_PROGRESS_INTERVAL) >= 0,
        "progress-interval must be at least 100ms");
    require(!disconnectGrace.isNegative(), "disconnect-grace must not be negative");
    require(
        outboxCapacity >= MIN_OUTBOX && outboxCapacity <= MAX_OUTBOX,
        "outbox-capacity must be " + MIN_OUTBOX + " to " + MAX_OUTBOX);
  }

  /** How hashes are computed, in memory of this worker's own. */
  public EngineSettings engine() {
    return new EngineSettings(
            compiler, instructions, EngineSyntax.lanes(interleave), EngineSyntax.pages(pages))
        .withPrefetch(prefetch);
  }

  /** With whom the large tables are to be shared. */
  public Sharing sharing() {
    return sharedMemory == SharingPolicy.OFF || sharedDirectory.isBlank()
        ? Sharing.OFF
        : new Sharing(sharedMemory, Path.of(sharedDirectory), sharedThreads);
  }

  /** What is set and therefore not tuned. */
  public FixedSettings fixed() {
    return new FixedSettings(engine().lanes(), prefetch, threads, processors(), engine().pages());
  }

  /** The processors that threads are bound to. */
  public Affinity processors() {
    return EngineSyntax.affinity(affinity);
  }

  static void require(boolean condition, String rule) {
    if (!condition) {
      throw new IllegalArgumentException(rule);
    }
  }
}
