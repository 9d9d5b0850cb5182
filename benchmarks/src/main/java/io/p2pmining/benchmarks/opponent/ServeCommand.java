package io.p2pmining.benchmarks.opponent;

import io.p2pmining.benchmarks.contender.Contender;
import io.p2pmining.benchmarks.contender.ContenderException;
import io.p2pmining.benchmarks.contender.Terms;
import io.p2pmining.benchmarks.engine.EngineContender;
import io.p2pmining.benchmarks.engine.EngineOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Offers this project's engine to another process over the {@link Protocol}. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Speaks the opponents' protocol for the engine of this build.")
public final class ServeCommand implements Callable<Integer> {

  private static final int FAILED = 1;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = Protocol.ALGORITHM, defaultValue = "rx/0", description = "Its name.")
  private String algorithm = "";

  @Option(names = Protocol.THREADS, defaultValue = "1", description = "Hashing threads.")
  private int threads;

  @Option(names = Protocol.INIT_THREADS, defaultValue = "1", description = "Preparing threads.")
  private int initThreads;

  @Option(names = Protocol.PAGES, defaultValue = "thp", description = "4k, thp, 2m or 1g.")
  private String pages = "";

  @Option(names = Protocol.MODE, defaultValue = "full", description = "full or light.")
  private String mode = "";

  @Mixin private final EngineOptions engine = new EngineOptions();

  private final InputStream in;

  /** Serves the standard input. */
  public ServeCommand() {
    this(System.in);
  }

  ServeCommand(InputStream in) {
    this.in = in;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try {
      Terms terms =
          new Terms(algorithm, Protocol.mode(mode), threads, initThreads, Protocol.pages(pages));
      try (Contender contender = EngineContender.open(terms, engine.settings())) {
        new ContenderServer(contender, out)
            .serve(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
      }
      return 0;
    } catch (ContenderException | IllegalArgumentException e) {
      out.println(Protocol.ERROR + " " + e.getMessage());
      out.flush();
      return FAILED;
    }
  }
}
