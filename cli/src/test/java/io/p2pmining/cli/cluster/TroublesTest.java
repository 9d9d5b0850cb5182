package io.p2pmining.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class TroublesTest {

  private final ObjectNode cluster = ApiExamples.of("/cluster");
  private final ObjectNode peer = ApiExamples.item("/peers");

  @Test
  void findsNothingWrongWithAClusterThatIsWell() {
    assertThat(troubles(peer)).isEmpty();
  }

  @Test
  void namesASourceThatIsDownAndAMissingJob() {
    ((ObjectNode) cluster.path("sources").path(0)).put("up", false).put("detail", "no answer");
    ((ObjectNode) cluster.path("jobs")).put("active", 0);

    assertThat(troubles(peer))
        .containsExactly(
            "source monero is down: no answer; ./p2pmine doctor checks the node",
            "there is no job to work on; the source has given none yet, and none is posted");
  }

  @Test
  void namesWorkersThatGetNoWorkWithReasonAndRemedy() {
    peer.set(
        "standing",
        ApiExamples.json(
            """
            {"state":"QUARANTINED","reason":"3 bad shares","since":"2026-11-01T08:00:00Z",
             "until":"2026-11-01T10:00:00Z"}"""));

    assertThat(troubles(peer))
        .containsExactly(
            "worker rig-1 is quarantined until 2026-11-01T10:00:00Z: 3 bad shares;"
                + " POST /peers/4f2a9c0d1e3b5a6978c0ffee00112233/resume gives it work again");
  }

  @Test
  void namesWorkersWhoseSharesDoNotAddUp() {
    ObjectNode conduct = (ObjectNode) peer.path("conduct");
    conduct.set("flag", ApiExamples.json("{\"expectedShares\":118.4,\"foundShares\":60}"));
    assertThat(troubles(peer))
        .containsExactly("worker rig-1 found 60 shares where 118 are to be expected");

    conduct.set("omission", ApiExamples.json("{\"unitId\":7,\"missedShares\":2,\"shares\":9}"));
    assertThat(troubles(peer))
        .containsExactly("worker rig-1 missed 2 shares that another worker found in its range");
  }

  @Test
  void countsWhatWouldTakeManyLines() {
    peer.put("state", "DISCONNECTED");

    assertThat(Troubles.of(ApiExamples.snapshot(cluster, Collections.nCopies(4, peer))))
        .containsExactly("4 workers left in the last quarter of an hour");
  }

  @Test
  void namesManyRejectedSharesButNotOneOfMany() {
    ObjectNode shares = (ObjectNode) cluster.path("shares");
    shares.put("rejected", 3);
    assertThat(troubles(peer)).isEmpty();

    shares.put("rejected", 40);
    ((ObjectNode) shares.path("rejectedByReason")).put("STALE", 30).put("BAD_HASH", 10);
    assertThat(troubles(peer))
        .containsExactly("25 % of all shares are rejected (30 stale, 10 bad hash)");
  }

  @Test
  void namesABlockThatTheNodeRefusedAndWhatIsNotHealthy() {
    ObjectNode block = ApiExamples.item("/blocks").put("outcome", "REJECTED").put("detail", "why");
    Snapshot well = ApiExamples.snapshot(cluster, List.of(peer));
    JsonNode health =
        ApiExamples.json(
            """
            {"status":"DOWN","components":{"source":{"status":"DOWN"},
             "store":{"status":"DOWN","details":{"reason":"the disk is full"}}}}""");

    assertThat(
            Troubles.of(
                new Snapshot(
                    well.url(),
                    well.now(),
                    cluster,
                    well.peers(),
                    well.jobs(),
                    List.of(block),
                    health)))
        .containsExactly(
            "store is down: reason the disk is full",
            "the block at height 3251907 was rejected 5 s ago: why");
  }

  @Test
  void asksForAWorkerWhereThereIsNone() {
    ((ObjectNode) cluster.path("peers")).put("connected", 0);

    assertThat(Troubles.of(ApiExamples.snapshot(cluster, List.of())))
        .containsExactly(
            "no worker is connected; start one with ./p2pmine worker --master HOST:PORT");
  }

  private List<String> troubles(ObjectNode one) {
    return Troubles.of(ApiExamples.snapshot(cluster, List.of(one)));
  }
}
