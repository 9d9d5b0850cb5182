package io.p2pmining.benchmarks.load;

import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Puts a master under the load of many workers that do not hash. */
@Command(
    name = "load",
    mixinStandardHelpOptions = true,
    description = {
      "Simulates many workers of one master: they connect, get units of a posted job, report shares",
      "at a steady rate and complete their units; at last other jobs take each other's place.",
      "Without --master one is started from its jar, with a data directory that is deleted",
      "afterwards. Ends with status 1 if there was any error."
    })
public final class LoadCommand implements Callable<Integer> {

  private static final int FAILED = 1;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--master",
      paramLabel = "HOST:PORT",
      description = "Where a master listens for workers; it must allow as many connections.")
  private @Nullable String master;

  @Option(
      names = "--api",
      paramLabel = "URL",
      description = "Where the same master answers to REST (http://HOST:8080).")
  private @Nullable String api;

  @Mixin private MasterOptions options = new MasterOptions();

  @Option(
      names = "--workers",
      defaultValue = "10000",
      description = "How many workers (${DEFAULT-VALUE}).")
  private int workers;

  @Option(
      names = "--results",
      defaultValue = "5000",
      description = "How many shares a second, of all workers (${DEFAULT-VALUE}).")
  private int results;

  @Option(
      names = "--warm-up",
      defaultValue = "45",
      description =
          "For how many seconds before that results do not count, as the master's code is still"
              + " being compiled (${DEFAULT-VALUE}).")
  private int warmUp;

  @Option(
      names = "--seconds",
      defaultValue = "60",
      description = "How long results are measured (${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--jobs",
      defaultValue = "5",
      description =
          "How many more jobs come afterwards, each in the place of the one before"
              + " (${DEFAULT-VALUE}).")
  private int jobs;

  @Option(names = "--json", description = "Print the report as JSON.")
  private boolean asJson;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    try {
      LoadPlan plan = new LoadPlan(workers, results, warmUp, seconds, jobs);
      OpenFiles.remedyFor(workers)
          .ifPresent(
              remedy -> {
                throw new LoadException(remedy);
              });
      LoadReport report = master == null ? runWithOwnMaster(plan, err) : runAt(plan, master, err);
      print(report);
      return report.errorCount() == 0 ? 0 : FAILED;
    } catch (LoadException e) {
      err.println(e.getMessage());
      return FAILED;
    }
  }

  private LoadReport runWithOwnMaster(LoadPlan plan, PrintWriter progress)
      throws InterruptedException {
    try (OwnMaster own = OwnMaster.start(options, plan.workers());
        MasterApi client = new MasterApi(URI.create("http://127.0.0.1:" + own.httpPort()))) {
      InetSocketAddress address = new InetSocketAddress("127.0.0.1", own.p2pPort());
      return new LoadRun(plan, address, client, own, progress).make();
    }
  }

  private LoadReport runAt(LoadPlan plan, String where, PrintWriter progress)
      throws InterruptedException {
    InetSocketAddress address = address(where);
    String url = api == null ? "http://" + address.getHostString() + ":8080" : api;
    try (MasterApi client = new MasterApi(URI.create(url))) {
      return new LoadRun(plan, address, client, null, progress).make();
    }
  }

  private static InetSocketAddress address(String hostAndPort) {
    int colon = hostAndPort.lastIndexOf(':');
    try {
      InetSocketAddress address =
          new InetSocketAddress(
              hostAndPort.substring(0, Math.max(0, colon)),
              Integer.parseInt(hostAndPort.substring(colon + 1)));
      if (colon > 0 && !address.isUnresolved()) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      throw notAnAddress(hostAndPort);
    }
    throw notAnAddress(hostAndPort);
  }

  private static LoadException notAnAddress(String hostAndPort) {
    return new LoadException(
        "--master=" + hostAndPort + " must be HOST:PORT, for example 127.0.0.1:9740");
  }

  private void print(LoadReport report) {
    PrintWriter out = spec.commandLine().getOut();
    if (asJson) {
      out.println(
          JsonMapper.builder()
              .enable(SerializationFeature.INDENT_OUTPUT)
              .build()
              .writeValueAsString(report));
    } else {
      out.print(report.text());
    }
    out.flush();
  }
}
