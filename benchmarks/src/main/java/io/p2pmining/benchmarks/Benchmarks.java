package io.p2pmining.benchmarks;

import io.p2pmining.benchmarks.compare.CompareCommand;
import io.p2pmining.benchmarks.latency.LatencyCommand;
import io.p2pmining.benchmarks.load.LoadCommand;
import io.p2pmining.benchmarks.load.RestartCommand;
import io.p2pmining.benchmarks.opponent.ServeCommand;
import io.p2pmining.benchmarks.services.ServiceCosts;
import io.p2pmining.benchmarks.start.StartCommand;
import java.io.IOException;
import java.util.Arrays;
import picocli.CommandLine;

/** Starts what the first argument names, with the rest of the arguments. */
public final class Benchmarks {

  private static final int USAGE_ERROR = 2;

  private static final int USAGE_WIDTH = 100;

  private Benchmarks() {}

  public static void main(String[] arguments) throws IOException {
    String name = arguments.length == 0 ? "" : arguments[0];
    String[] rest = Arrays.copyOfRange(arguments, Math.min(1, arguments.length), arguments.length);
    switch (name) {
      case "compare" -> run(new CompareCommand(), rest);
      case "serve" -> run(new ServeCommand(), rest);
      case "latency" -> run(new LatencyCommand(), rest);
      case "start" -> run(new StartCommand(), rest);
      case "load" -> run(new LoadCommand(), rest);
      case "restart" -> run(new RestartCommand(), rest);
      case "services" -> run(new ServiceCosts(), rest);
      case "jmh" -> org.openjdk.jmh.Main.main(rest);
      default -> {
        System.err.println(
            "usage: benchmarks (compare | serve | latency | start | services | load | restart | jmh)"
                + " [arguments | -h]");
        System.exit(USAGE_ERROR);
      }
    }
  }

  private static void run(Object command, String[] arguments) {
    System.exit(
        new CommandLine(command)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setUsageHelpWidth(USAGE_WIDTH)
            .execute(arguments));
  }
}
