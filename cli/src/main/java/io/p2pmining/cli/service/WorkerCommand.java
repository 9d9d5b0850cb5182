package io.p2pmining.cli.service;

import io.p2pmining.cli.options.MasterAddress;
import io.p2pmining.cli.options.Positive;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a worker in the foreground. */
@Command(
    name = "worker",
    description = "Runs a worker in the foreground, which hashes for a master.",
    sortOptions = false)
public final class WorkerCommand implements Callable<Integer> {

  @Option(
      names = "--master",
      paramLabel = "HOST:PORT",
      required = true,
      converter = MasterAddress.class,
      description = "Where the master is.")
  private String master = "";

  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = Positive.class,
      description = "Hashing threads (default: one for each suitable core).")
  private @Nullable Integer threads;

  @Option(
      names = "--name",
      paramLabel = "S",
      description = "What the master calls it (default: the name of this machine).")
  private @Nullable String name;

  @Mixin private DataOption data = new DataOption();

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "Any other setting, as in p2pmine.yml.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Override
  public Integer call() {
    ServiceSettings all =
        WorkerSettings.of(data.directory(), master, threads, name).setAll(settings);
    ExecPlan.leave(ServicePrograms.ofThisInstallation().commandLine(Service.WORKER, Map.of(), all));
    return 0;
  }
}
