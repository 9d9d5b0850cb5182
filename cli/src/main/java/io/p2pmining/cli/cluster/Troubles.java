package io.p2pmining.cli.cluster;

import static io.p2pmining.cli.cluster.Fields.clause;
import static io.p2pmining.cli.cluster.Fields.text;
import static io.p2pmining.cli.cluster.Fields.words;

import io.p2pmining.cli.terminal.Figures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Finds out what is wrong with a cluster. */
final class Troubles {

  /** Some shares are late in every network; more of them are worth a look. */
  private static final double MANY_REJECTED = 0.03;

  private static final long FEW_SHARES = 20;

  /** More of one kind are counted instead of named. */
  private static final int NAMED = 3;

  private final Snapshot snapshot;
  private final List<String> found = new ArrayList<>();

  private Troubles(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /** Sentences with their remedies, the worst first; empty if all is well. */
  static List<String> of(Snapshot snapshot) {
    Troubles troubles = new Troubles(snapshot);
    troubles.sources();
    troubles.health();
    troubles.workers();
    troubles.shares();
    troubles.blocks();
    return troubles.found;
  }

  private void sources() {
    for (JsonNode source : snapshot.sources()) {
      if (!source.path("up").asBoolean(false)) {
        found.add(
            "source %s is down: %s; ./p2pmine doctor checks the node"
                .formatted(text(source, "name"), clause(source, "detail")));
      }
    }
    if (snapshot.activeJobs() == 0) {
      found.add("there is no job to work on; the source has given none yet, and none is posted");
    }
  }

  /** The source is told of already. */
  private void health() {
    snapshot
        .health()
        .path("components")
        .propertyStream()
        .filter(component -> !component.getKey().equals("source"))
        .filter(component -> !component.getValue().path("status").asString("UP").equals("UP"))
        .forEach(component -> found.add(unwell(component)));
  }

  private static String unwell(Map.Entry<String, JsonNode> component) {
    StringBuilder details = new StringBuilder();
    component
        .getValue()
        .path("details")
        .propertyStream()
        .forEach(
            detail ->
                details
                    .append(details.isEmpty() ? ": " : ", ")
                    .append(detail.getKey())
                    .append(' ')
                    .append(detail.getValue().asString(detail.getValue().toString())));
    return "%s is %s%s"
        .formatted(
            component.getKey(),
            component.getValue().path("status").asString("").toLowerCase(Locale.ROOT),
            details);
  }

  private void workers() {
    if (snapshot.connected() == 0) {
      found.add("no worker is connected; start one with ./p2pmine worker --master HOST:PORT");
    }
    List<JsonNode> peers = snapshot.peers();
    name(
        peers.stream().filter(snapshot::isMissed).toList(),
        peer -> "worker %s left %s".formatted(text(peer, "name"), seen(peer)),
        "workers left in the last quarter of an hour");
    name(
        peers.stream()
            .filter(Snapshot::isConnected)
            .filter(peer -> !Snapshot.isInService(peer))
            .toList(),
        Troubles::outOfService,
        "workers get no work");
    name(
        peers.stream().filter(Snapshot::isConnected).filter(Troubles::isSuspect).toList(),
        Troubles::suspicion,
        "workers are suspect; ./p2pmine peers --json has their conduct");
  }

  private String seen(JsonNode peer) {
    return Fields.ago(peer, "lastSeenAt", snapshot.now());
  }

  private static String outOfService(JsonNode peer) {
    JsonNode standing = peer.path("standing");
    String until = standing.path("until").asString("");
    return "worker %s is %s%s: %s; POST /peers/%s/resume gives it work again"
        .formatted(
            text(peer, "name"),
            words(standing, "state"),
            until.isEmpty() ? "" : " until " + until,
            clause(standing, "reason"),
            text(peer, "id"));
  }

  private static boolean isSuspect(JsonNode peer) {
    JsonNode conduct = peer.path("conduct");
    return conduct.path("flag").isObject() || conduct.path("omission").isObject();
  }

  private static String suspicion(JsonNode peer) {
    JsonNode omission = peer.path("conduct").path("omission");
    if (omission.isObject()) {
      return "worker %s missed %s shares that another worker found in its range"
          .formatted(text(peer, "name"), text(omission, "missedShares"));
    }
    JsonNode flag = peer.path("conduct").path("flag");
    return "worker %s found %s shares where %s are to be expected"
        .formatted(
            text(peer, "name"),
            text(flag, "foundShares"),
            Figures.count(flag.path("expectedShares").asDouble(0)));
  }

  private interface Sentence {
    String of(JsonNode item);
  }

  private void name(List<JsonNode> items, Sentence sentence, String summary) {
    if (items.size() > NAMED) {
      found.add(items.size() + " " + summary);
    } else {
      items.forEach(item -> found.add(sentence.of(item)));
    }
  }

  private void shares() {
    JsonNode shares = snapshot.cluster().path("shares");
    long rejected = shares.path("rejected").asLong(0);
    long all = rejected + shares.path("accepted").asLong(0);
    if (all >= FEW_SHARES && rejected > MANY_REJECTED * all) {
      found.add(
          "%s of all shares are rejected (%s)"
              .formatted(Figures.percent((double) rejected / all), StatusView.reasons(shares)));
    }
  }

  private void blocks() {
    Instant now = snapshot.now();
    for (JsonNode block : snapshot.blocks()) {
      if (block.path("outcome").asString("").equals("REJECTED")) {
        found.add(
            "the block at height %s was rejected %s: %s"
                .formatted(
                    text(block, "height"),
                    Fields.ago(block, "foundAt", now),
                    text(block, "detail")));
      }
    }
  }
}
