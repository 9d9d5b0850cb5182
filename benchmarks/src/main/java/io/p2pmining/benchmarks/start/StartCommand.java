package io.p2pmining.benchmarks.start;

import io.p2pmining.benchmarks.contender.ContenderException;
import io.p2pmining.benchmarks.statistics.MedianInterval;
import io.p2pmining.benchmarks.statistics.Spread;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Measures how long a miner takes from the start of its process to the end of its first hash,
 * beside computing the dataset.
 */
@Command(
    name = "start",
    mixinStandardHelpOptions = true,
    description = {
      "Runs a command that computes one hash and ends, several times, and prints how long it took",
      "without the datasetInitSeconds of its JSON output. The end of its process counts too."
    })
public final class StartCommand implements Callable<Integer> {

  private static final int FAILED = 1;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--times", defaultValue = "7", description = "How often (${DEFAULT-VALUE}).")
  private int times;

  @Parameters(
      arity = "0..*",
      paramLabel = "COMMAND",
      description = "The command (./p2pmine bench --mode full --nonces 1 --json).")
  private List<String> command =
      List.of("./p2pmine", "bench", "--mode", "full", "--nonces", "1", "--json");

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try {
      List<Double> seconds = new ArrayList<>();
      for (int i = 1; i <= times; i++) {
        StartedMiner miner = StartedMiner.run(command);
        seconds.add(miner.otherSeconds());
        out.println(i + ": " + miner);
      }
      out.println("seconds to the first hash, beside the dataset: " + Spread.of(seconds));
      out.println("median within " + MedianInterval.of(seconds));
      return 0;
    } catch (ContenderException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return FAILED;
    }
  }
}
