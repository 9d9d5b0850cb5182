package io.p2pmining.cli.bench;

import io.p2pmining.cli.CommandFailure;
import io.p2pmining.cli.ShutdownGate;
import io.p2pmining.cli.Terminals;
import io.p2pmining.cli.machine.MemoryNeed;
import io.p2pmining.cli.machine.Nodes;
import io.p2pmining.cli.machine.Registers;
import io.p2pmining.cli.options.Algorithm;
import io.p2pmining.cli.options.HashCount;
import io.p2pmining.cli.options.OnOff;
import io.p2pmining.cli.options.Positive;
import io.p2pmining.cli.options.Processors;
import io.p2pmining.cli.options.Seconds;
import io.p2pmining.core.cpu.Affinity;
import io.p2pmining.core.cpu.CpuSet;
import io.p2pmining.core.cpu.MiningPlan;
import io.p2pmining.core.memory.AvailableMemory;
import io.p2pmining.core.pow.EngineSettings;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.core.pow.Preparation;
import io.p2pmining.core.pow.PreparedSeed;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures how fast this machine hashes, offline. */
@Command(
    name = "bench",
    description = {
      "Measures how fast this machine hashes, without any network.",
      "With --nonces the checksum is the one of XMRig's benchmark with as many hashes, whatever the"
          + " number of threads and however they hash. It never tunes: what is not given is a"
          + " default. Ctrl-C prints what was reached."
    },
    sortOptions = false)
public final class BenchCommand implements Callable<Integer> {

  private static final String DEFAULT_ALGORITHM = "rx/0";
  private static final Duration DEFAULT_DURATION = Duration.ofSeconds(30);
  private static final int KEY_LENGTH = 32;

  /** How long Ctrl-C waits for the hashes at work and the report. */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--algorithm",
      paramLabel = "NAME",
      converter = Algorithm.class,
      description = "For example rx/0, rx/2 or sha256d (default: rx/0).")
  private @Nullable PowAlgorithm algorithm;

  @Option(
      names = "--mode",
      paramLabel = "light|full",
      description = "light: 256 MiB for RandomX; full: 2080 MiB, faster (default: light).")
  private HashingMode mode = HashingMode.LIGHT;

  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = Positive.class,
      description = "Hashing threads (default: one for each core, or for each of --affinity).")
  private @Nullable Integer threads;

  @Mixin private EngineOptions engine = new EngineOptions();

  @Option(
      names = "--affinity",
      paramLabel = "auto|off|CPUS",
      converter = Processors.class,
      description = {
        "The processors that threads are bound to, such as 0-3,8 (default: auto, the best ones)."
      })
  private Affinity affinity = Affinity.AUTO;

  @Mixin private MachineOptions machine = new MachineOptions();

  @Option(
      names = "--seconds",
      paramLabel = "S",
      converter = Seconds.class,
      description = "Hash for this long (default: 30).")
  private @Nullable Duration duration;

  @Option(
      names = "--nonces",
      paramLabel = "N",
      converter = HashCount.class,
      description = "Hash this many nonces, from 0 on.")
  private @Nullable Long nonces;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  private final AtomicReference<@Nullable Benchmark> running = new AtomicReference<>();

  @Override
  public Integer call() throws InterruptedException {
    PowAlgorithm chosen =
        algorithm == null ? new Algorithm().convert(DEFAULT_ALGORITHM) : algorithm;
    BenchmarkLimit limit = limit();
    refuseMissingMode(chosen);
    EngineSettings settings = engineFor(chosen);
    MemoryNeed.of(chosen, mode, threadCount(), settings).check(AvailableMemory.ofThisMachine());
    Thread caller = Thread.currentThread();
    PrintWriter err = spec.commandLine().getErr();
    try (ShutdownGate gate = ShutdownGate.open(STOP_LIMIT, () -> stop(caller));
        Registers registers = Registers.open(machine.msr(), err)) {
      return bench(chosen, settings, limit, registers);
    }
  }

  private EngineSettings engineFor(PowAlgorithm chosen) {
    EngineSettings settings = engine.settings();
    return machine.numa() == OnOff.OFF
        ? settings
        : Nodes.near(
            cpus(chosen, 1), threadCount(), chosen, mode, settings, spec.commandLine().getErr());
  }

  private int bench(
      PowAlgorithm chosen, EngineSettings settings, BenchmarkLimit limit, Registers registers)
      throws InterruptedException {
    BenchmarkProgress progress =
        new BenchmarkProgress(spec.commandLine().getErr(), Terminals.isErr(), System::nanoTime);
    try (PreparedSeed seed = prepare(chosen, settings, progress)) {
      progress.end();
      engine.engine().check(seed);
      Benchmark benchmark =
          new Benchmark(seed, settings, threadCount(), cpus(chosen, seed.lanes()), limit);
      running.set(benchmark);
      BenchmarkResult result = benchmark.run(progress);
      progress.end();
      BenchmarkReport report = BenchmarkReport.of(seed, threadCount(), result, registers.name());
      spec.commandLine().getOut().println(json ? report.toJson() : report.toText());
      return 0;
    }
  }

  private PreparedSeed prepare(
      PowAlgorithm chosen, EngineSettings settings, BenchmarkProgress progress)
      throws InterruptedException {
    byte[] key = new byte[Math.min(KEY_LENGTH, chosen.maxSeedLength())];
    try {
      return chosen.prepare(
          key, mode, new Preparation(threadCount(), progress::preparing, settings));
    } catch (InterruptedException e) {
      progress.end();
      throw new CommandFailure("stopped before the first hash");
    }
  }

  private int threadCount() {
    if (threads != null) {
      return threads;
    }
    return affinity instanceof Affinity.Listed(CpuSet set)
        ? set.size()
        : Runtime.getRuntime().availableProcessors();
  }

  private List<Integer> cpus(PowAlgorithm chosen, int lanes) {
    long scratchpads = lanes * chosen.hasherBytes();
    return affinity.cpus(threadCount(), MiningPlan.detect(Math.max(1, scratchpads)));
  }

  private void stop(Thread caller) {
    Benchmark benchmark = running.get();
    if (benchmark == null) {
      caller.interrupt();
    } else {
      benchmark.stop();
    }
  }

  private BenchmarkLimit limit() {
    if (nonces != null && duration != null) {
      throw new ParameterException(spec.commandLine(), "--seconds and --nonces exclude each other");
    }
    if (nonces != null) {
      return new BenchmarkLimit.Nonces(nonces);
    }
    return new BenchmarkLimit.Time(duration == null ? DEFAULT_DURATION : duration);
  }

  private void refuseMissingMode(PowAlgorithm chosen) {
    if (!chosen.modes().contains(mode)) {
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for option '--mode': "
              + chosen.name()
              + " has no "
              + mode.name().toLowerCase(Locale.ROOT)
              + " mode");
    }
  }
}
