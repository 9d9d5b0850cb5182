package io.p2pmining.cli.up;

import io.p2pmining.cli.ShutdownGate;
import io.p2pmining.cli.Terminals;
import io.p2pmining.cli.machine.MemoryNeed;
import io.p2pmining.cli.options.Algorithm;
import io.p2pmining.cli.options.Positive;
import io.p2pmining.cli.service.GivenSettings;
import io.p2pmining.cli.service.MasterOptions;
import io.p2pmining.cli.service.MasterRuntime;
import io.p2pmining.cli.service.ServicePrograms;
import io.p2pmining.cli.service.ServiceSettings;
import io.p2pmining.core.memory.AvailableMemory;
import io.p2pmining.core.pow.HashingMode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a master and local workers until it is told to end. */
@Command(
    name = "up",
    description = {
      "Runs a master and workers on this machine until Ctrl-C.",
      "With --monerod and --wallet they mine blocks of that node; without, a benchmark job."
    },
    sortOptions = false)
public final class UpCommand implements Callable<Integer> {

  /** The algorithm whose memory is checked for: nearly everybody mines it. */
  private static final String ALGORITHM = "rx/0";

  private static final Duration STOP_LIMIT =
      Cluster.WORKER_LIMIT.plus(Cluster.MASTER_LIMIT).plusSeconds(5);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--workers",
      paramLabel = "N",
      converter = Positive.class,
      description = "How many workers on this machine (default: 1).")
  private int workers = 1;

  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = Positive.class,
      description = "Hashing threads of each worker (default: the cores, divided among them).")
  private @Nullable Integer threads;

  @Mixin private MasterOptions options = new MasterOptions();

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "Any other setting of master and workers, as in p2pmine.yml.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Override
  public Integer call() {
    options.check();
    Path directory = options.data().directory();
    try (RunLock lock = RunLock.take(directory)) {
      ServiceSettings master =
          options
              .settings()
              .set("server.port", free(options.expectedHttpPort(), "the API", "--http-port"))
              .set(
                  "p2pmine.master.p2p-port",
                  free(options.expectedP2pPort(), "workers", "--p2p-port"));
      GivenSettings given = GivenSettings.of(settings, options.data().settingsFile());
      ClusterSharing sharing = ClusterSharing.choose(directory, workers, threadsInAll(), given);
      ClusterMode mode = mode(AvailableMemory.ofThisMachine(), given, sharing);
      run(
          new ClusterPlans(
              ServicePrograms.ofThisInstallation(), directory, settings, mode, sharing, workers),
          master);
    }
    return 0;
  }

  /** Null leaves the port to the settings file. */
  private static @Nullable Integer free(OptionalInt port, String purpose, String option) {
    if (port.isEmpty()) {
      return null;
    }
    return Ports.free(port.getAsInt(), purpose, option);
  }

  /** Checks that memory suffices for the mode that is set, or chooses one. */
  private ClusterMode mode(AvailableMemory memory, GivenSettings given, ClusterSharing sharing) {
    ClusterMemory cluster =
        new ClusterMemory(
            new Algorithm().convert(ALGORITHM), workers, threadsInAll(), sharing.isOn());
    return switch (given.choice(ClusterMode.SETTING)) {
      case "light" -> set(cluster.need(HashingMode.LIGHT), memory);
      case "full" -> set(cluster.need(HashingMode.FULL), memory);
      // What is none of the three the workers refuse, with the reason.
      default -> cluster.choose(memory);
    };
  }

  private static ClusterMode set(MemoryNeed need, AvailableMemory memory) {
    need.check(memory);
    return new ClusterMode.Open();
  }

  private void run(ClusterPlans plans, ServiceSettings masterSettings) {
    Console console = new Console(spec.commandLine().getOut(), Terminals.outColumns());
    Thread caller = Thread.currentThread();
    try (ShutdownGate gate = ShutdownGate.open(STOP_LIMIT, caller::interrupt)) {
      runUntilInterrupted(plans, masterSettings, console);
      plans.sharing().sweep();
      console.say("stopped");
    }
  }

  private void runUntilInterrupted(
      ClusterPlans plans, ServiceSettings masterSettings, Console console) {
    ChildStarter starter = new ChildStarter(console, InstantSource.system());
    Child master = new Child(plans.master(masterSettings), starter, console, System::nanoTime);
    try (Cluster cluster =
        new Cluster(
            plans.directory(),
            master,
            runtime -> workers(plans, runtime, starter, console),
            System::nanoTime)) {
      console.say("data  " + plans.directory());
      console.say("logs  " + plans.logs());
      if (plans.mode() instanceof ClusterMode.Light(String reason)) {
        console.say("mode  light: " + reason);
      }
      cluster.start();
      new StatusLoop(cluster, plans.directory(), console, System::nanoTime).run();
    } catch (InterruptedException toldToEnd) {
      // By then all children have ended.
    } finally {
      console.end();
    }
  }

  private List<Child> workers(
      ClusterPlans plans, MasterRuntime master, ChildStarter starter, Console console) {
    return IntStream.range(0, workers)
        .mapToObj(index -> plans.worker(index + 1, master.p2pEndpoint(), threadsOf(index)))
        .map(plan -> new Child(plan, starter, console, System::nanoTime))
        .toList();
  }

  /** Null leaves it to a single worker, which knows the machine better. */
  private @Nullable Integer threadsOf(int worker) {
    if (threads != null) {
      return threads;
    }
    return workers == 1 ? null : division().get(worker);
  }

  private int threadsInAll() {
    return threads == null
        ? division().stream().mapToInt(Integer::intValue).sum()
        : workers * threads;
  }

  private List<Integer> division() {
    return CoreDivision.divide(Runtime.getRuntime().availableProcessors(), workers);
  }
}
