package io.p2pmining.benchmarks.compare;

import io.p2pmining.benchmarks.contender.Contender;
import io.p2pmining.benchmarks.contender.ContenderException;
import io.p2pmining.benchmarks.contender.Mode;
import io.p2pmining.benchmarks.contender.Terms;
import io.p2pmining.benchmarks.engine.EngineContender;
import io.p2pmining.benchmarks.engine.EngineOptions;
import io.p2pmining.benchmarks.opponent.OpponentProgram;
import io.p2pmining.benchmarks.opponent.Protocol;
import io.p2pmining.core.memory.InsufficientMemoryException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Compares this project's engine with an opponent: a program that speaks the {@link Protocol}, or
 * the reference implementation's library. Both stay prepared side by side, and only one of them
 * works at a time. Exits with 1 if one of them cannot do it or they disagree on a hash.
 */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Compares the engine of this build with an opponent, in alternating pairs.",
    footerHeading = "%nThe opponents' protocol:%n",
    footer = Protocol.HELP)
public final class CompareCommand implements Callable<Integer> {

  private static final int FAILED = 1;

  @Spec private CommandSpec spec = CommandSpec.create();

  @ArgGroup(multiplicity = "1")
  private OpponentOptions opponent = new OpponentOptions();

  @Option(
      names = "--ours",
      paramLabel = "COMMAND",
      description = "A program in the place of this build's engine, for example another build.")
  private @Nullable String ours;

  @Mixin private final TermsOptions terms = new TermsOptions();

  @Option(
      names = "--metrics",
      split = ",",
      paramLabel = "full|dataset|light|cache|masked",
      defaultValue = "full",
      description = "What to measure, separated by commas (${DEFAULT-VALUE}).")
  private Set<Metric> metrics = EnumSet.noneOf(Metric.class);

  @Option(names = "--pairs", defaultValue = "7", description = "Pairs (${DEFAULT-VALUE}).")
  private int pairs;

  @Option(
      names = "--seconds",
      defaultValue = "8",
      description = "Seconds of hashing in each measurement (${DEFAULT-VALUE}).")
  private double seconds;

  @Mixin private final EngineOptions engine = new EngineOptions();

  @Option(names = "--any-pages", description = "Accepts that they are not on the same pages.")
  private boolean anyPages;

  @Option(names = "--any-hashes", description = "Accepts that they do not compute the same hashes.")
  private boolean anyHashes;

  @Option(names = "--json", description = "Prints the report as JSON.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    try {
      Report report = compare(terms.terms(), err);
      spec.commandLine().getOut().println(json ? report.toJson() : report.toText());
      return 0;
    } catch (ContenderException | InsufficientMemoryException e) {
      err.println(e.getMessage());
      return FAILED;
    }
  }

  private Report compare(Terms wanted, PrintWriter progress) throws InterruptedException {
    List<Report.Part> parts = new ArrayList<>();
    for (Mode mode : Mode.values()) {
      Set<Metric> measured = EnumSet.copyOf(Metric.of(mode));
      measured.retainAll(metrics);
      if (!measured.isEmpty()) {
        Terms inMode = wanted.withMode(mode);
        Contest contest = new Contest(inMode, new Alternation(pairs), seconds, progress);
        parts.add(hold(contest, inMode, measured));
      }
    }
    return new Report(wanted, parts);
  }

  private Report.Part hold(Contest contest, Terms inMode, Set<Metric> measured)
      throws InterruptedException {
    try (Contender first = openOurs(inMode);
        Contender second = opponent.open(inMode)) {
      if (!anyPages) {
        Contest.requireSamePages(first, second);
      }
      if (!anyHashes) {
        contest.requireSameHashes(first, second);
      }
      return contest.measure(first, second, measured);
    }
  }

  private Contender openOurs(Terms inMode) throws InterruptedException {
    return ours == null
        ? EngineContender.open(inMode, engine.settings())
        : OpponentProgram.start(ours, inMode);
  }
}
