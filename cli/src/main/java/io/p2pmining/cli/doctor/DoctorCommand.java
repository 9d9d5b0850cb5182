package io.p2pmining.cli.doctor;

import io.p2pmining.cli.Terminals;
import io.p2pmining.cli.options.MasterUrl;
import io.p2pmining.cli.service.GivenSettings;
import io.p2pmining.cli.service.MasterOptions;
import io.p2pmining.cli.terminal.Palette;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks for what keeps a cluster from mining, or from mining fast. */
@Command(
    name = "doctor",
    description = {
      "Checks this machine, its node and its master: each line is ok, warn or fail with what to do.",
      "It changes nothing. Give it the addresses, ports and settings of up or master. The status is"
          + " 1 if something fails."
    },
    sortOptions = false)
public final class DoctorCommand implements Callable<Integer> {

  private static final int FAILED = 1;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private MasterOptions options = new MasterOptions();

  @Option(
      names = "--master",
      paramLabel = "URL",
      converter = MasterUrl.class,
      description = "The REST API of a master that must answer, for example of another machine.")
  private @Nullable URI master;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "Any other setting, as in p2pmine.yml.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(names = "--json", description = "Print the findings as JSON.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    GivenSettings given =
        GivenSettings.of(
            options.settings().setAll(settings).asMap(), options.data().settingsFile());
    List<Finding> findings = new Examination(options.data().directory(), master, given).findings();
    DoctorReport report = DoctorReport.of(findings);
    if (json) {
      spec.commandLine().getOut().println(report.toJson());
    } else {
      report
          .toLines(Terminals.outColumns(), Palette.ofOutput())
          .forEach(spec.commandLine().getOut()::println);
    }
    return report.level() == Level.FAIL ? FAILED : 0;
  }
}
