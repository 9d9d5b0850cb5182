package io.p2pmining.cli.service;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a master in the foreground. */
@Command(
    name = "master",
    description = "Runs a master in the foreground; workers of this and other machines join it.",
    sortOptions = false)
public final class MasterCommand implements Callable<Integer> {

  @Mixin private MasterOptions options = new MasterOptions();

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "Any other setting, as in p2pmine.yml.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Override
  public Integer call() {
    options.check();
    ExecPlan.leave(
        ServicePrograms.ofThisInstallation()
            .commandLine(Service.MASTER, Map.of(), options.settings().setAll(settings)));
    return 0;
  }
}
