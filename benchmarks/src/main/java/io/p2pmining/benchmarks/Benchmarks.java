package io.p2pmining.benchmarks;

import io.p2pmining.benchmarks.reference.ReferenceComparison;
import io.p2pmining.benchmarks.services.ServiceCosts;
import java.io.IOException;
import java.util.Arrays;
import picocli.CommandLine;

/**
 * Starts what the first argument names, with the rest of the arguments: {@code reference} (see
 * {@link ReferenceComparison}), {@code services} (see {@link ServiceCosts}) or {@code jmh}.
 */
public final class Benchmarks {

  private static final int USAGE_ERROR = 2;

  private Benchmarks() {}

  public static void main(String[] arguments) throws IOException {
    String name = arguments.length == 0 ? "" : arguments[0];
    String[] rest = Arrays.copyOfRange(arguments, Math.min(1, arguments.length), arguments.length);
    switch (name) {
      case "reference" -> System.exit(new CommandLine(new ReferenceComparison()).execute(rest));
      case "services" -> System.exit(new CommandLine(new ServiceCosts()).execute(rest));
      case "jmh" -> org.openjdk.jmh.Main.main(rest);
      default -> {
        System.err.println("usage: benchmarks (reference | services | jmh) [arguments | -h]");
        System.exit(USAGE_ERROR);
      }
    }
  }
}
