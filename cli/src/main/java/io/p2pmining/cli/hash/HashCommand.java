package io.p2pmining.cli.hash;

import io.p2pmining.cli.CommandFailure;
import io.p2pmining.cli.options.Algorithm;
import io.p2pmining.cli.options.Engine;
import io.p2pmining.cli.options.Hex;
import io.p2pmining.common.work.Bytes;
import io.p2pmining.core.pow.PowAlgorithm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Prints the hash of one input, or of every line of standard input. */
@Command(
    name = "hash",
    description = {
      "Prints the hash of an input; for rx/2 the hash and its commitment.",
      "With --batch it reads lines 'algorithm keyhex inputhex' ('-' for an empty one) from standard"
          + " input and prints one line for each, in order: the hash, or 'error' and the reason on"
          + " standard error."
    },
    sortOptions = false)
public final class HashCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--algorithm",
      paramLabel = "NAME",
      converter = Algorithm.class,
      description = "For example rx/0, rx/2 or sha256d.")
  private @Nullable PowAlgorithm algorithm;

  @Option(
      names = "--key",
      paramLabel = "HEX",
      converter = Hex.class,
      description = "The key, for Monero the seed hash; '-' for none.")
  private @Nullable Bytes key;

  @Option(
      names = "--input",
      paramLabel = "HEX",
      converter = Hex.class,
      description = "The bytes to hash; '-' for none.")
  private @Nullable Bytes input;

  @Option(
      names = "--engine",
      paramLabel = "auto|compiler|interpreter",
      description = "What computes it (default: auto, the fastest there is).")
  private Engine engine = Engine.AUTO;

  @Option(names = "--batch", description = "Read requests from standard input.")
  private boolean batch;

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (HashCalculator calculator = new HashCalculator(engine)) {
      return batch ? hashLines(calculator) : hashOne(calculator);
    }
  }

  private int hashLines(HashCalculator calculator) throws IOException, InterruptedException {
    if (algorithm != null || key != null || input != null) {
      throw refused("--batch reads algorithm, key and input from standard input");
    }
    PrintWriter err = spec.commandLine().getErr();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    int invalid = new HashBatch(calculator).run(in, spec.commandLine().getOut(), err);
    return invalid == 0 ? 0 : CommandFailure.FAILED;
  }

  private int hashOne(HashCalculator calculator) throws InterruptedException {
    if (algorithm == null || input == null) {
      throw refused("--algorithm and --input are needed, or --batch");
    }
    if (key == null && algorithm.maxSeedLength() > 0) {
      throw refused("--key is needed for " + algorithm.name() + ", '-' for an empty one");
    }
    spec.commandLine().getOut().println(calculator.hash(request(algorithm, input)));
    return 0;
  }

  private HashRequest request(PowAlgorithm algorithm, Bytes input) {
    try {
      return new HashRequest(algorithm, key == null ? Bytes.EMPTY : key, input);
    } catch (TypeConversionException e) {
      throw refused("Invalid value for option '--key': " + e.getMessage());
    }
  }

  private ParameterException refused(String reason) {
    return new ParameterException(spec.commandLine(), reason);
  }
}
