package io.p2pmining.cli.cluster;

import io.p2pmining.cli.Terminals;
import io.p2pmining.cli.options.Positive;
import io.p2pmining.cli.terminal.Palette;
import io.p2pmining.cli.terminal.Table;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** A command that shows a list of the API: as a table, or as the API gives it. */
abstract class ListCommand implements Callable<Integer> {

  private final String path;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private MasterOption master = new MasterOption();

  @Option(
      names = "--limit",
      paramLabel = "N",
      converter = Positive.class,
      description = "How many to show at most (default: 50).")
  private int limit = 50;

  @Option(names = "--json", description = "Print them as the REST API gives them, as an array.")
  private boolean json;

  ListCommand(String path) {
    this.path = path;
  }

  /** The items as a table. */
  abstract Table table(MasterApi.Items items, Instant now);

  /** What is said if there are none. */
  abstract String none();

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    MasterApi.Items items;
    try (MasterApi api = new MasterApi(master.choose())) {
      items = api.list(path, limit);
    }
    if (json) {
      out.println(
          JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(items.items()));
    } else if (items.items().isEmpty()) {
      out.println(none());
    } else {
      table(items, Instant.now())
          .render(Terminals.outColumns(), Palette.ofOutput())
          .forEach(out::println);
      long more = items.total() - items.items().size();
      if (more > 0) {
        out.println(more + " more; show them with --limit " + items.total());
      }
    }
    return 0;
  }
}
