package io.p2pmining.cli.cluster;

import static io.p2pmining.cli.cluster.Fields.ago;
import static io.p2pmining.cli.cluster.Fields.sum;
import static io.p2pmining.cli.cluster.Fields.text;
import static io.p2pmining.cli.cluster.Fields.words;

import io.p2pmining.cli.terminal.Figures;
import io.p2pmining.cli.terminal.Table;
import io.p2pmining.cli.terminal.Table.Cell;
import io.p2pmining.cli.terminal.Table.Column;
import io.p2pmining.cli.terminal.Tone;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Peers as a table. */
final class PeersTable {

  private PeersTable() {}

  static Table of(List<JsonNode> peers, Instant now) {
    Table table =
        new Table(
            List.of(
                Column.words("NAME", 0),
                Column.label("STATE", 0),
                Column.label("MODE", 5),
                Column.numbers("RATE", 0),
                Column.numbers("PART", 4),
                Column.numbers("SHARES", 2),
                Column.numbers("REJECTED", 3),
                Column.numbers("THREADS", 6),
                Column.label("SEEN", 1),
                Column.label("ADDRESS", 7),
                Column.words("PROCESSOR", 8),
                Column.label("ID", 9)));
    double all = peers.stream().mapToDouble(PeersTable::rate).sum();
    peers.forEach(peer -> add(table, peer, all, now));
    return table;
  }

  private static void add(Table table, JsonNode peer, double all, Instant now) {
    JsonNode capabilities = peer.path("capabilities");
    long rejected = sum(peer.path("sharesRejected"));
    double rate = rate(peer);
    table.row(
        Cell.of(text(peer, "name")),
        state(peer),
        Cell.of(words(peer, "mode")),
        Cell.of(rate > 0 ? Figures.rate(rate) : Fields.NONE),
        Cell.of(rate > 0 ? Figures.percent(rate / all) : Fields.NONE),
        Cell.of(peer.path("sharesAccepted").asString("0")),
        new Cell(String.valueOf(rejected), rejected > 0 ? Tone.WARNING : Tone.PLAIN),
        Cell.of(capabilities.path("miningThreads").asString(Fields.NONE)),
        Cell.of(ago(peer, "lastSeenAt", now)),
        Cell.of(text(peer, "address")),
        Cell.of(text(capabilities, "cpuModel")),
        Cell.of(text(peer, "id")));
  }

  /** What it does, or that it is to do nothing. */
  private static Cell state(JsonNode peer) {
    if (!Snapshot.isInService(peer)) {
      return new Cell(words(peer.path("standing"), "state"), Tone.BAD);
    }
    Tone tone =
        switch (peer.path("state").asString("")) {
          case "MINING" -> Tone.GOOD;
          case "DISCONNECTED" -> Tone.QUIET;
          default -> Tone.WARNING;
        };
    return new Cell(words(peer, "state"), tone);
  }

  static double rate(JsonNode peer) {
    return peer.path("hashesPerSecond").asDouble(0);
  }
}
