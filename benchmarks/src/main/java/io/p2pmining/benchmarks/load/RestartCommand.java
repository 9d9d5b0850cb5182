package io.p2pmining.benchmarks.load;

import io.p2pmining.benchmarks.statistics.Spread;
import java.io.PrintWriter;
import java.net.URI;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures how long a master takes to start that has much to remember. */
@Command(
    name = "restart",
    mixinStandardHelpOptions = true,
    description = {
      "Starts a master, ends it, writes units of a posted job into its database, and starts it",
      "again several times: how long does it take from the start of its process until it is ready,",
      "compared with the same master before there were any units?"
    })
public final class RestartCommand implements Callable<Integer> {

  private static final int FAILED = 1;
  private static final double NANOS_PER_SECOND = 1e9;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private MasterOptions options = new MasterOptions();

  @Option(
      names = "--units",
      defaultValue = "1000000",
      description = "How many units are stored (${DEFAULT-VALUE}).")
  private int units;

  @Option(names = "--times", defaultValue = "5", description = "How often (${DEFAULT-VALUE}).")
  private int times;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try (OwnMaster master = OwnMaster.start(options, 1)) {
      String job;
      try (MasterApi api = new MasterApi(URI.create("http://127.0.0.1:" + master.httpPort()))) {
        job = api.post(LoadJob.fields(new SecureRandom()));
      }
      master.stop();
      out.println("seconds until ready, without units: " + Spread.of(restart(master)));
      out.println("writing " + units + " units");
      out.flush();
      try (Connection connection = DriverManager.getConnection(url(master))) {
        new StoredUnits(connection, job).write(units);
      }
      out.println("seconds until ready, with " + units + ": " + Spread.of(restart(master)));
      return 0;
    } catch (LoadException | SQLException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return FAILED;
    }
  }

  private String url(OwnMaster master) {
    return options.datasource().isEmpty()
        ? "jdbc:h2:file:" + master.data().resolve("p2pmine")
        : options.datasource();
  }

  private List<Double> restart(OwnMaster master) throws InterruptedException {
    List<Double> seconds = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      long began = System.nanoTime();
      master.startAgain();
      seconds.add((System.nanoTime() - began) / NANOS_PER_SECOND);
      master.stop();
    }
    return seconds;
  }
}
