package io.p2pmining.cli.cluster;

import static io.p2pmining.cli.cluster.Fields.ago;
import static io.p2pmining.cli.cluster.Fields.text;
import static io.p2pmining.cli.cluster.Fields.words;

import io.p2pmining.cli.terminal.Figures;
import io.p2pmining.cli.terminal.Table;
import io.p2pmining.cli.terminal.Table.Cell;
import io.p2pmining.cli.terminal.Table.Column;
import io.p2pmining.cli.terminal.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** Shows what is worked on, and what was. */
@Command(
    name = "jobs",
    description = "Shows jobs and how far they are, newest first.",
    sortOptions = false)
public final class JobsCommand extends ListCommand {

  public JobsCommand() {
    super("/jobs");
  }

  @Override
  String none() {
    return "no job yet; ./p2pmine status says what the source waits for";
  }

  @Override
  Table table(MasterApi.Items items, Instant now) {
    Table table =
        new Table(
            List.of(
                Column.words("ID", 0),
                Column.label("STATE", 0),
                Column.label("ALGORITHM", 6),
                Column.words("SOURCE", 5),
                Column.numbers("HEIGHT", 2),
                Column.numbers("DIFFICULTY", 4),
                Column.numbers("SEARCHED", 1),
                Column.numbers("RATE", 0),
                Column.numbers("SHARES", 3),
                Column.label("BEGAN", 2),
                Column.label("ENDS", 7)));
    items.items().forEach(job -> add(table, job, now));
    return table;
  }

  private static void add(Table table, JsonNode job, Instant now) {
    double rate = job.path("hashesPerSecond").asDouble(0);
    long height = job.path("height").asLong(0);
    boolean active = job.path("state").asString("").equals("ACTIVE");
    table.row(
        Cell.of(text(job, "id")),
        new Cell(words(job, "state"), active ? Tone.GOOD : Tone.QUIET),
        Cell.of(text(job, "algorithm")),
        Cell.of(text(job, "source")),
        Cell.of(height > 0 ? String.valueOf(height) : Fields.NONE),
        Cell.of(
            job.path("difficulty").isNumber()
                ? Figures.count(job.path("difficulty").asDouble())
                : Fields.NONE),
        Cell.of(searched(job)),
        Cell.of(rate > 0 ? Figures.rate(rate) : Fields.NONE),
        Cell.of(job.path("sharesFound").asString("0")),
        Cell.of(ago(job, "createdAt", now)),
        Cell.of(end(job, now)));
  }

  /** Of a finite job the part; a live one is never searched to its end. */
  private static String searched(JsonNode job) {
    return job.path("finite").asBoolean(false)
        ? Figures.percent(job.path("progress").asDouble(0))
        : Figures.count(job.path("noncesSearched").asDouble(0));
  }

  private static String end(JsonNode job, Instant now) {
    return Fields.age(job, "endedAt", now)
        .map(Figures::ago)
        .or(
            () ->
                Fields.age(job, "estimatedEndAt", now)
                    .map(Duration::negated)
                    .map(left -> "in " + Figures.span(left)))
        .orElse(Fields.NONE);
  }
}
