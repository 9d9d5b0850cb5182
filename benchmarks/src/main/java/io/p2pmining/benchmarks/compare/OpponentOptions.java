package io.p2pmining.benchmarks.compare;

import io.p2pmining.benchmarks.contender.Contender;
import io.p2pmining.benchmarks.contender.Terms;
import io.p2pmining.benchmarks.opponent.OpponentProgram;
import io.p2pmining.benchmarks.reference.ReferenceContender;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Whom to compare with: exactly one of a program and the reference implementation's library. */
final class OpponentOptions {

  @Option(
      names = "--opponent",
      required = true,
      paramLabel = "COMMAND",
      description = "A program that speaks the protocol below, with arguments of its own.")
  private @Nullable String command;

  @ArgGroup(exclusive = false, multiplicity = "1")
  private Reference reference = new Reference();

  /** How to use the library. */
  static final class Reference {

    @Option(
        names = "--reference",
        required = true,
        arity = "0..1",
        paramLabel = "LIBRARY",
        fallbackValue = "librandomx.so",
        description = "librandomx, by file or name (${FALLBACK-VALUE}).")
    private String library = "";

    @Option(
        names = "--reference-interprets",
        description = "Forbids the library to compile programs to machine code.")
    private boolean interprets;
  }

  Contender open(Terms terms) throws InterruptedException {
    return command == null
        ? ReferenceContender.open(reference.library, !reference.interprets, terms)
        : OpponentProgram.start(command, terms);
  }
}
