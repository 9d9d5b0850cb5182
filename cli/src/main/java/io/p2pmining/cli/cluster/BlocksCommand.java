package io.p2pmining.cli.cluster;

import static io.p2pmining.cli.cluster.Fields.ago;
import static io.p2pmining.cli.cluster.Fields.text;
import static io.p2pmining.cli.cluster.Fields.words;

import io.p2pmining.cli.terminal.Figures;
import io.p2pmining.cli.terminal.Table;
import io.p2pmining.cli.terminal.Table.Cell;
import io.p2pmining.cli.terminal.Table.Column;
import io.p2pmining.cli.terminal.Tone;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** Shows what was found. */
@Command(
    name = "blocks",
    description = "Shows the blocks that were found and what became of them, newest first.",
    sortOptions = false)
public final class BlocksCommand extends ListCommand {

  public BlocksCommand() {
    super("/blocks");
  }

  @Override
  String none() {
    return "no block found yet";
  }

  @Override
  Table table(MasterApi.Items items, Instant now) {
    Table table =
        new Table(
            List.of(
                Column.numbers("HEIGHT", 0),
                Column.label("OUTCOME", 0),
                Column.label("FOUND", 0),
                Column.numbers("DIFFICULTY", 2),
                Column.words("DETAIL", 1),
                Column.label("PEER", 3),
                Column.label("HASH", 4)));
    items.items().forEach(block -> add(table, block, now));
    return table;
  }

  private static void add(Table table, JsonNode block, Instant now) {
    table.row(
        Cell.of(text(block, "height")),
        new Cell(words(block, "outcome"), tone(block)),
        Cell.of(ago(block, "foundAt", now)),
        Cell.of(Figures.count(block.path("difficulty").asDouble(0))),
        Cell.of(text(block, "detail")),
        Cell.of(Fields.shortId(block, "peerId")),
        Cell.of(text(block, "hash")));
  }

  static Tone tone(JsonNode block) {
    return switch (block.path("outcome").asString("")) {
      case "ACCEPTED" -> Tone.GOOD;
      case "PENDING" -> Tone.PLAIN;
      default -> Tone.BAD;
    };
  }
}
