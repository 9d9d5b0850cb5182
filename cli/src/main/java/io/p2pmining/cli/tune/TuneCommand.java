package io.p2pmining.cli.tune;

import static io.p2pmining.core.pow.EngineSettings.MAX_LANES;

import io.p2pmining.cli.CommandFailure;
import io.p2pmining.cli.P2pmine;
import io.p2pmining.cli.ShutdownGate;
import io.p2pmining.cli.machine.MemoryNeed;
import io.p2pmining.cli.machine.Nodes;
import io.p2pmining.cli.options.Algorithm;
import io.p2pmining.cli.options.Seconds;
import io.p2pmining.cli.service.DataOption;
import io.p2pmining.core.cpu.Answer;
import io.p2pmining.core.cpu.CacheTopology;
import io.p2pmining.core.cpu.MiningPlan;
import io.p2pmining.core.cpu.PowerSource;
import io.p2pmining.core.cpu.ThreadAffinity;
import io.p2pmining.core.memory.AvailableMemory;
import io.p2pmining.core.miner.MinerSettings;
import io.p2pmining.core.miner.MiningShape;
import io.p2pmining.core.miner.SeedKey;
import io.p2pmining.core.pow.EngineSettings;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.core.pow.PreparedSeed;
import io.p2pmining.core.tuning.FixedSettings;
import io.p2pmining.core.tuning.StoredTuning;
import io.p2pmining.core.tuning.Trial;
import io.p2pmining.core.tuning.Tuner;
import io.p2pmining.core.tuning.TuningChoices;
import io.p2pmining.core.tuning.TuningKey;
import io.p2pmining.core.tuning.TuningResult;
import io.p2pmining.core.tuning.TuningRule;
import io.p2pmining.core.tuning.TuningStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Finds out how this machine hashes fastest, and keeps it for workers. */
@Command(
    name = "tune",
    description = {
      "Finds out how this machine hashes fastest, and keeps it for its workers, which use it at their"
          + " next start.",
      "Workers do the same beside their mining, in two minutes, where nothing is kept; here it is"
          + " shown what was tried. End other programs before, and workers too."
    },
    sortOptions = false)
public final class TuneCommand implements Callable<Integer> {

  private static final String DEFAULT_ALGORITHM = "rx/0";
  private static final int KEY_LENGTH = 32;
  private static final int PROGRESS_STEPS = 10;

  /** How long Ctrl-C waits for the hashes at work. */
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
      description = "light or full (default: full where memory allows, as for workers).")
  private @Nullable HashingMode mode;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      converter = Seconds.class,
      description = "How long to measure at most (default: 120).")
  private Duration budget = TuningRule.MOST_TIME;

  @Mixin private DataOption data = new DataOption();

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  private final AtomicInteger shownSteps = new AtomicInteger();

  @Override
  public Integer call() throws InterruptedException {
    PowAlgorithm chosen =
        algorithm == null ? new Algorithm().convert(DEFAULT_ALGORITHM) : algorithm;
    if (mode != null && !chosen.modes().contains(mode)) {
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for option '--mode': %s has no %s mode"
              .formatted(chosen.name(), mode.name().toLowerCase(Locale.ROOT)));
    }
    Thread caller = Thread.currentThread();
    try (ShutdownGate gate = ShutdownGate.open(STOP_LIMIT, caller::interrupt)) {
      tune(chosen);
      return 0;
    } catch (InterruptedException e) {
      throw new CommandFailure("stopped, so nothing is stored");
    }
  }

  private void tune(PowAlgorithm chosen) throws InterruptedException {
    MiningPlan plan = MiningPlan.detect(Math.max(1, chosen.hasherBytes()));
    int cores = CacheTopology.detect().cores().size();
    HashingMode used = modeFor(chosen, plan.places().size());
    MinerSettings usual = settings(chosen, used, plan, cores);
    SeedKey key = SeedKey.of(chosen, new byte[Math.min(KEY_LENGTH, chosen.maxSeedLength())], used);
    try (EndlessWork work = EndlessWork.start(usual, key, this::preparing)) {
      PreparedSeed seed = prepared(work);
      MiningShape start = usual.shape().asChosenFor(seed);
      TuningChoices choices =
          TuningChoices.of(
              start, plan, cores, seed.mostLanes(), seed.tables() > 1, FixedSettings.NONE);
      Tuner tuner =
          new Tuner(
              work.miner(), () -> PowerSource.onBattery() == Answer.YES, TuningRule.within(budget));
      TuningResult result = tuner.tune(chosen, used, start, choices, this::tried);
      TuningKey tuned =
          TuningKey.of(
              seed,
              plan.places().size(),
              P2pmine.class.getPackage().getImplementationVersion(),
              FixedSettings.NONE);
      TuneReport report = TuneReport.of(tuned, result, store(tuned, result));
      spec.commandLine().getOut().println(json ? report.toJson() : report.toText());
    }
  }

  /** As workers choose it. */
  private HashingMode modeFor(PowAlgorithm chosen, int threads) {
    AvailableMemory memory = AvailableMemory.ofThisMachine();
    if (mode == null) {
      boolean full =
          chosen.modes().contains(HashingMode.FULL)
              && MemoryNeed.of(chosen, HashingMode.FULL, threads, EngineSettings.AUTO).fits(memory);
      return full ? HashingMode.FULL : HashingMode.LIGHT;
    }
    MemoryNeed.of(chosen, mode, threads, EngineSettings.AUTO).check(memory);
    return mode;
  }

  private MinerSettings settings(
      PowAlgorithm chosen, HashingMode used, MiningPlan plan, int cores) {
    int threads =
        used == HashingMode.FULL
            ? Math.max(1, plan.recommended())
            : Runtime.getRuntime().availableProcessors();
    EngineSettings engine =
        Nodes.near(plan.cpus(threads), threads, chosen, used, EngineSettings.AUTO, err());
    MinerSettings usual =
        MinerSettings.ofThreads(threads)
            .withEngine(engine)
            .withCpus(
                plan.places().size() >= threads ? plan.cpus(threads) : List.of(),
                (thread, cpu) -> ThreadAffinity.place(cpu));
    int most =
        TuningChoices.of(usual.shape(), plan, cores, MAX_LANES, false, FixedSettings.NONE)
            .mostThreads();
    return usual.withSpareThreads(most - threads);
  }

  private static PreparedSeed prepared(EndlessWork work) throws InterruptedException {
    try {
      return work.prepared().get();
    } catch (ExecutionException e) {
      Throwable reason = e.getCause() == null ? e : e.getCause();
      throw new CommandFailure(String.valueOf(reason.getMessage()));
    }
  }

  /** Where the result is kept; empty if time ran out. */
  private String store(TuningKey key, TuningResult result) {
    if (!result.complete()) {
      return "";
    }
    Path file = data.directory().resolve(TuningStore.NAME);
    try {
      Files.createDirectories(data.directory());
      new TuningStore(file).keep(key, StoredTuning.of(result));
      return file.toString();
    } catch (IOException e) {
      throw new CommandFailure(
          "the result cannot be stored: " + e + "; choose another directory with --data");
    }
  }

  private void preparing(double fraction) {
    int step = (int) (PROGRESS_STEPS * fraction);
    if (shownSteps.getAndAccumulate(step, Math::max) < step) {
      err().printf("preparing %d %%%n", 100 * step / PROGRESS_STEPS);
    }
  }

  private void tried(Trial trial) {
    err().println(TuneReport.Row.of(trial).line());
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
