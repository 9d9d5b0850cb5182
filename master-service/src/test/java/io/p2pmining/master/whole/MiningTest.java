package io.p2pmining.master.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.p2pmining.common.wire.v1.AssignedUnit;
import io.p2pmining.common.wire.v1.Capabilities;
import io.p2pmining.common.wire.v1.FoundShare;
import io.p2pmining.common.wire.v1.Heartbeat;
import io.p2pmining.common.wire.v1.HelloReply;
import io.p2pmining.common.wire.v1.Mode;
import io.p2pmining.common.wire.v1.PeerList;
import io.p2pmining.common.wire.v1.UnitCompleted;
import io.p2pmining.common.wire.v1.WorkunitAck;
import io.p2pmining.common.wire.v1.WorkunitAssign;
import io.p2pmining.common.wire.v1.WorkunitRequest;
import io.p2pmining.common.wire.v1.WorkunitResult;
import io.p2pmining.core.pow.Hasher;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.PowAlgorithms;
import io.p2pmining.core.pow.Preparation;
import io.p2pmining.core.pow.PreparedSeed;
import io.p2pmining.core.pow.Target;
import io.p2pmining.master.session.PeerEndpoint;
import io.p2pmining.master.session.ScriptedWorker;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** From the job to the API: a worker searches over the wire, and everyone can see it. */
class MiningTest extends MasterTestBase {

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final int SHARES = 6;
  private static final String PEER = ScriptedWorker.id(10).toString();

  @Autowired private PeerEndpoint endpoint;
  @LocalServerPort private int httpPort;

  private long nextResultId = 1;
  private int accepted;
  private int blocks;

  @Test
  void sharesOfAWorkerAreVerifiedAndShown() throws Exception {
    try (ScriptedWorker worker = ScriptedWorker.connect(endpoint.address());
        PreparedSeed seed = sha256d();
        Hasher hasher = seed.newHasher()) {
      introduce(worker);
      worker.beatWith(
          Heartbeat.newBuilder()
              .setState(Heartbeat.State.STATE_MINING)
              .setAlgorithm("sha256d")
              .setMode(Mode.MODE_LIGHT)
              .setHashesPerSecond(2)
              .setHashesTotal(999)
              .build());
      worker.send(WorkunitRequest.newBuilder().setDepth(1).build());
      while (accepted < SHARES || blocks < 1) {
        for (AssignedUnit unit : worker.expect(WorkunitAssign.class).getUnitsList()) {
          search(worker, unit, hasher);
        }
      }
      claimWrongHash(worker);
      await().atMost(LIMIT).until(() -> peer().path("state").asString().equals("MINING"));

      checkPeer();
      checkFindings();
      checkUnits();
      checkCluster();
      checkPrometheus();
      checkTargets();
      checkRuntimeFile();
    }
    await().atMost(LIMIT).until(() -> peer().path("state").asString().equals("DISCONNECTED"));
  }

  private static PreparedSeed sha256d() throws InterruptedException {
    return PowAlgorithms.load()
        .find("sha256d")
        .orElseThrow()
        .prepare(new byte[0], HashingMode.LIGHT, Preparation.onThreads(1));
  }

  /** With so low a rate, units are small and shares easy. */
  private static void introduce(ScriptedWorker worker) throws Exception {
    Capabilities.Builder slow = ScriptedWorker.capabilities("sha256d").toBuilder();
    slow.setMiningThreads(1).getAlgorithmsBuilder(0).setMeasuredHashesPerSecond(2);
    worker.send(ScriptedWorker.hello(ScriptedWorker.id(10)).toBuilder().setHttpPort(9741).build());
    worker.expect(HelloReply.class);
    worker.send(slow.build());
    worker.expect(PeerList.class);
  }

  private void search(ScriptedWorker worker, AssignedUnit unit, Hasher hasher) throws Exception {
    Target target = Target.ofLittleEndian(unit.getShareTarget().toByteArray());
    byte[] blob = unit.getJob().getBlob().toByteArray();
    byte[] hash = new byte[Hasher.HASH_LENGTH];
    long start = Integer.toUnsignedLong(unit.getNonceStart());
    for (long nonce = start; nonce < start + unit.getNonceCount(); nonce++) {
      for (int i = 0; i < 4; i++) {
        blob[unit.getJob().getNonceOffset() + i] = (byte) (nonce >>> (8 * i));
      }
      hasher.hash(blob, blob.length, hash);
      if (target.isMetBy(hash)) {
        WorkunitAck ack = report(worker, result(unit).setShare(share(nonce, hash)));
        assertThat(ack.getVerdict())
            .isIn(WorkunitAck.Verdict.VERDICT_ACCEPTED, WorkunitAck.Verdict.VERDICT_BLOCK);
        accepted++;
        blocks += ack.getVerdict() == WorkunitAck.Verdict.VERDICT_BLOCK ? 1 : 0;
      }
    }
    var completed = UnitCompleted.newBuilder().setSearched(unit.getNonceCount());
    assertThat(report(worker, result(unit).setCompleted(completed)).getVerdict())
        .isEqualTo(WorkunitAck.Verdict.VERDICT_ACCEPTED);
  }

  /** A hash that would make a share but no block, and is not that of the nonce. */
  private void claimWrongHash(ScriptedWorker worker) throws Exception {
    AssignedUnit unit = worker.expect(WorkunitAssign.class).getUnits(0);
    long nonce = Integer.toUnsignedLong(unit.getNonceStart());
    byte[] invented = new byte[Hasher.HASH_LENGTH];
    invented[31] = 2;
    WorkunitAck ack = report(worker, result(unit).setShare(share(nonce, invented)));
    assertThat(ack.getRejection()).isEqualTo(WorkunitAck.Rejection.REJECTION_BAD_HASH);
  }

  private WorkunitResult.Builder result(AssignedUnit unit) {
    return WorkunitResult.newBuilder()
        .setResultId(nextResultId++)
        .setUnitId(unit.getUnitId())
        .setLease(unit.getLease())
        .setJobId(unit.getJob().getJobId());
  }

  private static FoundShare.Builder share(long nonce, byte[] hash) {
    return FoundShare.newBuilder().setNonce((int) nonce).setHash(ByteString.copyFrom(hash));
  }

  private static WorkunitAck report(ScriptedWorker worker, WorkunitResult.Builder result)
      throws Exception {
    worker.send(result.build());
    WorkunitAck ack = worker.expect(WorkunitAck.class);
    assertThat(ack.getResultId()).isEqualTo(result.getResultId());
    return ack;
  }

  private JsonNode peer() throws Exception {
    return get("/peers/" + PEER);
  }

  private void checkPeer() throws Exception {
    JsonNode peer = peer();
    assertThat(peer.propertyNames())
        .contains(
            "id",
            "name",
            "address",
            "state",
            "capabilities",
            "computePower",
            "algorithm",
            "mode",
            "hashesPerSecond",
            "sharesAccepted",
            "sharesRejected",
            "connectedAt",
            "lastSeenAt");
    assertThat(peer.path("capabilities").propertyNames())
        .contains("cores", "memoryTotalBytes", "memoryAvailableBytes", "aes", "avx2", "avx512");
    assertThat(peer.path("computePower").asDouble()).isEqualTo(12);
    assertThat(peer.path("mode").asString()).isEqualTo("LIGHT");
    assertThat(peer.path("hashesPerSecond").asDouble()).isEqualTo(2);
    assertThat(peer.path("sharesAccepted").asInt()).isEqualTo(accepted);
    assertThat(peer.path("sharesRejected").path("BAD_HASH").asInt()).isEqualTo(1);
    assertThat(Instant.parse(peer.path("lastSeenAt").asString())).isAfter(Instant.EPOCH);
    assertThat(get("/peers?state=MINING").path("totalItems").asInt()).isEqualTo(1);
  }

  private void checkFindings() throws Exception {
    JsonNode shares = get("/shares?job=" + SampleSource.JOB_ID + "&peer=" + PEER + "&size=1");
    assertThat(shares.path("totalItems").asInt()).isEqualTo(accepted);
    assertThat(shares.path("items")).hasSize(1);
    assertThat(shares.path("items").path(0).propertyNames())
        .contains("id", "jobId", "nonce", "hash", "difficulty", "peerId", "foundAt", "block");
    assertThat(get("/shares?peer=" + "0".repeat(31) + "1").path("totalItems").asInt()).isZero();

    await()
        .atMost(LIMIT)
        .until(() -> get("/blocks?outcome=ACCEPTED").path("totalItems").asInt() == blocks);
    JsonNode block = get("/blocks").path("items").path(0);
    assertThat(block.path("height").asLong()).isEqualTo(42);
    assertThat(block.path("difficulty").bigIntegerValue())
        .isEqualTo(SampleSource.NETWORK_DIFFICULTY);
    assertThat(block.path("peerId").asString()).isEqualTo(PEER);
    assertThat(block.path("hash").asString()).hasSize(64);
    assertThat(get("/jobs/" + SampleSource.JOB_ID).path("noncesCut").asLong()).isPositive();
    assertThat(get("/jobs").path("totalItems").asInt()).isEqualTo(1);
  }

  private void checkUnits() throws Exception {
    JsonNode done = get("/workunits?state=COMPLETED&job=" + SampleSource.JOB_ID + "&peer=" + PEER);
    JsonNode unit = done.path("items").path(0);
    assertThat(unit.propertyNames())
        .containsExactlyInAnyOrder(
            "id",
            "jobId",
            "state",
            "nonceStart",
            "nonceCount",
            "searched",
            "peerId",
            "leaseExpiresAt",
            "attempts",
            "createdAt",
            "updatedAt");
    assertThat(unit.path("searched").asLong()).isEqualTo(unit.path("nonceCount").asLong());
    ObjectNode details = (ObjectNode) get("/workunits/" + unit.path("id").asString());
    assertThat(details.remove("pastLeases")).isEmpty();
    assertThat(details.remove("redos")).isEmpty();
    assertThat(details).isEqualTo(unit);
    JsonNode second = get("/workunits?size=1&page=1");
    assertThat(second.path("items").path(0))
        .isEqualTo(get("/workunits?size=2").path("items").path(1));
  }

  private void checkCluster() throws Exception {
    JsonNode cluster = get("/cluster");
    assertThat(cluster.path("hashesPerSecond").path("now").asDouble()).isEqualTo(2);
    assertThat(cluster.path("peers").path("connected").asInt()).isEqualTo(1);
    assertThat(cluster.path("jobs").path("active").asInt()).isEqualTo(1);
    assertThat(cluster.path("shares").path("accepted").asInt()).isEqualTo(accepted);
    assertThat(cluster.path("shares").path("rejected").asInt()).isEqualTo(1);
    assertThat(cluster.path("blocks").path("accepted").asInt()).isEqualTo(blocks);
    assertThat(cluster.path("sources").path(0).path("name").asString()).isEqualTo("sample");
  }

  private void checkPrometheus() throws Exception {
    String metrics = body("/actuator/prometheus");
    assertThat(metrics)
        .contains("p2pmine_shares_accepted_total " + accepted + ".0")
        .contains("p2pmine_shares_rejected_total{reason=\"bad_hash\"} 1.0")
        .contains("p2pmine_blocks{outcome=\"accepted\"} " + blocks + ".0")
        .contains("p2pmine_peers{state=\"mining\"} 1.0")
        .contains("p2pmine_connections 1.0")
        .contains("p2pmine_source_up{source=\"sample\"} 1.0")
        .contains("p2pmine_source_height{source=\"sample\"} 42.0")
        .contains("p2pmine_verifications_total");
    assertThat(metrics.lines())
        .as("what was measured on the way of a share")
        .anyMatch(line -> line.matches("p2pmine_assign_duration_seconds_count [1-9].*"))
        .anyMatch(line -> line.matches("p2pmine_acknowledge_duration_seconds_count [1-9].*"))
        .anyMatch(line -> line.matches("p2pmine_verification_duration_seconds_count [1-9].*"))
        .anyMatch(line -> line.matches("p2pmine_store_commit_duration_seconds_count [1-9].*"))
        .anyMatch(
            line ->
                line.matches(
                    "p2pmine_workunit_duration_seconds_count.outcome=.completed.. [1-9].*"))
        .anyMatch(line -> line.matches("p2pmine_network_bytes_total.direction=.sent.. [1-9].*"));
    await()
        .atMost(LIMIT)
        .until(
            () ->
                body("/actuator/prometheus")
                    .contains("p2pmine_peer_hashes_per_second{name=\"rig\""));
  }

  private void checkTargets() throws Exception {
    JsonNode targets = get("/prometheus/targets");
    assertThat(targets).hasSize(1);
    assertThat(targets.path(0).path("targets").path(0).asString()).isEqualTo("127.0.0.1:9741");
    assertThat(targets.path(0).path("labels").path("name").asString()).isEqualTo("rig");
    assertThat(targets.path(0).path("labels").path("peer").asString())
        .isEqualTo(ScriptedWorker.id(10).toString());
  }

  private void checkRuntimeFile() throws Exception {
    JsonNode runtime =
        JsonMapper.shared().readTree(Files.readAllBytes(DATA.resolve("master.json")));
    assertThat(runtime.path("pid").asLong()).isEqualTo(ProcessHandle.current().pid());
    assertThat(runtime.path("httpPort").asInt()).isEqualTo(httpPort);
    assertThat(runtime.path("p2pPort").asInt()).isEqualTo(endpoint.address().getPort());
    assertThat(runtime.path("instanceId")).isEqualTo(get("/cluster").path("instanceId"));
  }

  private JsonNode get(String path) throws Exception {
    return JsonMapper.shared().readTree(body(path));
  }

  private String body(String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + httpPort + path);
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
      assertThat(response.statusCode()).as(path).isEqualTo(200);
      return response.body();
    }
  }
}
