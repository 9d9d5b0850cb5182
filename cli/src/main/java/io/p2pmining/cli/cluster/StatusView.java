package io.p2pmining.cli.cluster;

import static io.p2pmining.cli.cluster.Fields.ago;
import static io.p2pmining.cli.cluster.Fields.clause;
import static io.p2pmining.cli.cluster.Fields.text;

import io.p2pmining.cli.terminal.Figures;
import io.p2pmining.cli.terminal.Palette;
import io.p2pmining.cli.terminal.Text;
import io.p2pmining.cli.terminal.Tone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * A cluster at a glance: is it mining, how fast, who, what was found, what is wrong.
 *
 * @param columns how wide lines may be; empty for any width
 */
record StatusView(OptionalInt columns, Palette palette) {

  private static final String LABEL = "%-8s";

  /** The lines of the whole picture. */
  List<String> lines(Snapshot snapshot) {
    List<String> lines = new ArrayList<>();
    lines.add(headline(snapshot));
    for (String line : facts(snapshot)) {
      lines.add(Text.fit(line, columns));
    }
    List<JsonNode> peers = snapshot.presentPeers();
    if (!peers.isEmpty()) {
      lines.add("");
      lines.addAll(PeersTable.of(peers, snapshot.now()).render(columns, palette));
    }
    List<String> troubles = Troubles.of(snapshot);
    if (!troubles.isEmpty()) {
      lines.add("");
      for (String trouble : troubles) {
        // A sentence is worth more lines than one: its remedy is at its end.
        Text.wrap("! " + Text.clean(trouble), columns)
            .forEach(line -> lines.add(palette.paint(Tone.WARNING, line)));
      }
    }
    return lines;
  }

  private String headline(Snapshot snapshot) {
    String rates =
        "%s, 1 min %s, 15 min %s"
            .formatted(
                Figures.rate(snapshot.rate("now")),
                Figures.rate(snapshot.rate("oneMinute")),
                Figures.rate(snapshot.rate("fifteenMinutes")));
    if (snapshot.isMining()) {
      return headline(Tone.GOOD, "MINING", rates);
    }
    if (snapshot.peersIn("PREPARING") > 0) {
      return headline(
          Tone.WARNING,
          "PREPARING",
          "workers compute the tables of a new key, which takes up to a minute");
    }
    return headline(Tone.BAD, "NOT MINING", reason(snapshot));
  }

  private String headline(Tone tone, String word, String detail) {
    String gap = "  ";
    OptionalInt left =
        columns.isPresent()
            ? OptionalInt.of(Math.max(0, columns.getAsInt() - word.length() - gap.length()))
            : columns;
    return palette.paint(tone, word) + gap + Text.fit(detail, left);
  }

  private static String reason(Snapshot snapshot) {
    if (snapshot.activeJobs() == 0) {
      return "no job";
    }
    return snapshot.connected() == 0 ? "no worker" : "no worker has work";
  }

  private static List<String> facts(Snapshot snapshot) {
    JsonNode cluster = snapshot.cluster();
    List<String> facts = new ArrayList<>();
    facts.add(
        fact(
            "master",
            "%s %s at %s, up %s"
                .formatted(
                    text(cluster, "name"),
                    text(cluster, "version"),
                    snapshot.url(),
                    Figures.span(Duration.ofSeconds(cluster.path("uptimeSeconds").asLong(0))))));
    snapshot.sources().forEach(source -> facts.add(fact("source", source(source, snapshot))));
    snapshot.jobs().forEach(job -> facts.add(fact("job", job(job, snapshot))));
    JsonNode shares = cluster.path("shares");
    facts.add(
        fact(
            "shares",
            shares.path("accepted").asString("0")
                + " accepted"
                + (shares.path("rejected").asLong(0) == 0
                    ? ""
                    : ", %s rejected (%s)".formatted(text(shares, "rejected"), reasons(shares)))));
    facts.add(fact("blocks", blocks(snapshot)));
    return facts;
  }

  private static String fact(String label, String text) {
    return LABEL.formatted(label) + Text.clean(text);
  }

  private static String source(JsonNode source, Snapshot snapshot) {
    long height = source.path("height").asLong(0);
    return "%s, %s%s, last job %s"
        .formatted(
            text(source, "name"),
            clause(source, "detail"),
            height > 0 ? ", height " + height : "",
            ago(source, "lastJobAt", snapshot.now()));
  }

  private static String job(JsonNode job, Snapshot snapshot) {
    String progress =
        job.path("finite").asBoolean(false)
            ? Figures.percent(job.path("progress").asDouble(0)) + " searched"
            : "difficulty " + Figures.count(job.path("difficulty").asDouble(0));
    return "%s, %s, %s, began %s"
        .formatted(
            text(job, "id"),
            text(job, "algorithm"),
            progress,
            ago(job, "createdAt", snapshot.now()));
  }

  private static String blocks(Snapshot snapshot) {
    JsonNode blocks = snapshot.cluster().path("blocks");
    StringBuilder text = new StringBuilder(text(blocks, "accepted") + " accepted");
    for (String outcome : List.of("pending", "orphaned", "rejected")) {
      long count = blocks.path(outcome).asLong(0);
      if (count > 0) {
        text.append(", ").append(count).append(' ').append(outcome);
      }
    }
    for (JsonNode block : snapshot.blocks()) {
      text.append(", the last one ")
          .append(ago(block, "foundAt", snapshot.now()))
          .append(" at height ")
          .append(text(block, "height"));
    }
    return text.toString();
  }

  /** How many shares were rejected for which reasons. */
  static String reasons(JsonNode shares) {
    return shares
        .path("rejectedByReason")
        .propertyStream()
        .map(reason -> reason.getValue().asString("0") + " " + Fields.words(reason.getKey()))
        .collect(Collectors.joining(", "));
  }
}
