package io.p2pmining.cli.cluster;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What a master said of its cluster at one time.
 *
 * @param url the root of its API
 * @param now the time by the master's clock, to the second
 * @param cluster {@code GET /cluster}
 * @param peers the first of {@code GET /peers}, connected ones first
 * @param jobs those that are worked on
 * @param blocks the newest
 * @param health {@code GET /actuator/health}
 */
record Snapshot(
    URI url,
    Instant now,
    JsonNode cluster,
    List<JsonNode> peers,
    List<JsonNode> jobs,
    List<JsonNode> blocks,
    JsonNode health) {

  /** Enough to judge all connected peers of most clusters. */
  private static final int PEERS = 500;

  private static final int JOBS = 10;

  private static final String IN_SERVICE = "IN_SERVICE";

  /** Of peers without a connection, those that were there so shortly ago are missed. */
  private static final Duration MISSED = Duration.ofMinutes(15);

  /** Asks a master. */
  static Snapshot take(MasterApi api) throws InterruptedException {
    JsonNode cluster = api.cluster();
    return new Snapshot(
        api.url(),
        // Times in its answers are by its clock.
        MasterApi.timeOf(cluster).orElseGet(Instant::now),
        cluster,
        api.list("/peers", PEERS).items(),
        api.list("/jobs?state=ACTIVE", JOBS).items().stream().filter(Snapshot::isWorkedOn).toList(),
        api.list("/blocks", 1).items(),
        api.health());
  }

  /** Of a live job's earlier variants shares still count, but nobody searches them. */
  private static boolean isWorkedOn(JsonNode job) {
    return job.path("current").asBoolean(true) || job.path("finite").asBoolean(false);
  }

  /** Rates by the names of the API: {@code now}, {@code oneMinute}, {@code fifteenMinutes}. */
  double rate(String window) {
    return cluster.path("hashesPerSecond").path(window).asDouble(0);
  }

  List<JsonNode> sources() {
    return cluster.path("sources").valueStream().toList();
  }

  long connected() {
    return cluster.path("peers").path("connected").asLong(0);
  }

  /** How many peers are in a state. */
  long peersIn(String state) {
    return cluster.path("peers").path("byState").path(state).asLong(0);
  }

  long activeJobs() {
    return cluster.path("jobs").path("active").asLong(0);
  }

  boolean isMining() {
    return peersIn("MINING") > 0 && activeJobs() > 0;
  }

  static boolean isConnected(JsonNode peer) {
    return !peer.path("state").asString("").equals("DISCONNECTED");
  }

  /** Whether nobody has said that a peer is to get no work. */
  static boolean isInService(JsonNode peer) {
    return peer.path("standing").path("state").asString(IN_SERVICE).equals(IN_SERVICE);
  }

  /** Peers that are there, and those that were a short while ago. */
  List<JsonNode> presentPeers() {
    return peers.stream().filter(peer -> isConnected(peer) || isMissed(peer)).toList();
  }

  /** Whether a peer left so shortly ago that somebody may wonder where it is. */
  boolean isMissed(JsonNode peer) {
    return !isConnected(peer)
        && Fields.age(peer, "lastSeenAt", now).filter(age -> age.compareTo(MISSED) < 0).isPresent();
  }
}
