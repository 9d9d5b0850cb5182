package io.p2pmining.cli.cluster;

import io.p2pmining.cli.CommandFailure;
import io.p2pmining.cli.ShutdownGate;
import io.p2pmining.cli.Terminals;
import io.p2pmining.cli.options.Seconds;
import io.p2pmining.cli.terminal.Palette;
import io.p2pmining.cli.terminal.Screen;
import io.p2pmining.cli.terminal.TerminalSize;
import io.p2pmining.cli.terminal.Text;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows how a cluster does, once or until it is told to end. */
@Command(
    name = "status",
    description = {
      "Shows a cluster at a glance: is it mining, how fast, who, what was found, what is wrong."
    },
    sortOptions = false)
public final class StatusCommand implements Callable<Integer> {

  private static final Duration STOP_LIMIT = Duration.ofSeconds(2);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--watch", description = "Show it live until Ctrl-C.")
  private boolean watch;

  @Option(
      names = "--interval",
      paramLabel = "S",
      converter = Seconds.class,
      description = "How often to ask with --watch, in seconds (default: 2).")
  private Duration interval = Duration.ofSeconds(2);

  @Mixin private MasterOption master = new MasterOption();

  @Override
  public Integer call() throws InterruptedException {
    if (watch) {
      watch();
    } else {
      try (MasterApi api = new MasterApi(master.choose())) {
        view(Terminals.outColumns()).lines(Snapshot.take(api)).forEach(out()::println);
      }
    }
    return 0;
  }

  private void watch() {
    Thread caller = Thread.currentThread();
    try (ShutdownGate gate = ShutdownGate.open(STOP_LIMIT, caller::interrupt);
        Screen screen = new Screen(out(), Terminals.outColumns().isPresent());
        KeptApi api = new KeptApi()) {
      while (true) {
        Optional<TerminalSize> size = TerminalSize.ofOutput();
        screen.draw(picture(api, size), size);
        Thread.sleep(interval);
      }
    } catch (InterruptedException toldToEnd) {
      // Leaving the screen is all there is to do.
    }
  }

  /** The master is looked for each time: it may be started again, at another port. */
  private List<String> picture(KeptApi api, Optional<TerminalSize> size)
      throws InterruptedException {
    OptionalInt columns =
        size.map(known -> OptionalInt.of(known.columns())).orElse(OptionalInt.empty());
    try {
      return view(columns).lines(Snapshot.take(api.of(master.choose())));
    } catch (CommandFailure unreachable) {
      return Text.wrap(
          Text.clean(unreachable.getMessage() + " (trying again until Ctrl-C)"), columns);
    }
  }

  private static StatusView view(OptionalInt columns) {
    return new StatusView(columns, Palette.ofOutput());
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
