package io.p2pmining.worker.whole;

import static io.p2pmining.worker.work.Units.ENDLESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.MessageLite;
import io.p2pmining.common.connection.Closure;
import io.p2pmining.common.node.KnownPeer;
import io.p2pmining.common.node.KnownPeers;
import io.p2pmining.common.node.NodeId;
import io.p2pmining.common.wire.v1.Error;
import io.p2pmining.common.wire.v1.HeldUnit;
import io.p2pmining.common.wire.v1.PeerAddress;
import io.p2pmining.common.wire.v1.PeerList;
import io.p2pmining.common.wire.v1.WorkunitRequest;
import io.p2pmining.common.wire.v1.WorkunitResult;
import io.p2pmining.worker.ScriptedMaster;
import io.p2pmining.worker.work.Units;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ReconnectTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final NodeId OTHER = NodeId.ofHex("a0a1a2a3a4a5a6a7a8a9aaabacadaeaf");
  private static final NodeId ANOTHER = NodeId.ofHex("b0b1b2b3b4b5b6b7b8b9babbbcbdbebf");

  /** A share now and then at any speed of sha256d, so that the outbox does not fill. */
  private static final long RARE = 300_000;

  @TempDir private Path data;

  private final ScriptedMaster master = new ScriptedMaster(0);

  @AfterEach
  void end() {
    master.close();
  }

  @Test
  void sendsResultsAgainUnchangedUntilTheyAreAcknowledged() throws Exception {
    try (WholeWorker worker = WholeWorker.start(master, data)) {
      ScriptedMaster.Session first = master.awaitSession();
      first.send(Units.assign(1, 200, 20));
      List<WorkunitResult> results = first.awaitCompletion();
      assertThat(results).hasSizeGreaterThan(2);
      first.send(Units.accept(results.getFirst()));
      await().atMost(LIMIT).until(() -> worker.status().outboxSize() == results.size() - 1);
      first.cut();

      ScriptedMaster.Session second = master.awaitSession();
      List<MessageLite> again = second.awaitAll(WorkunitRequest.class);
      assertThat(resultsOf(again))
          .as("before it asks for work, with the ids of the first time")
          .isEqualTo(results.subList(1, results.size()));
      assertThat(heldBy(again)).as("its end is not acknowledged").containsExactly(1L);
      results.stream().skip(1).forEach(result -> second.send(Units.accept(result)));
      await().atMost(LIMIT).until(() -> worker.status().outboxSize() == 0);
      second.cut();

      List<MessageLite> third = master.awaitSession().awaitAll(WorkunitRequest.class);
      assertThat(resultsOf(third)).isEmpty();
      assertThat(heldBy(third)).isEmpty();
    }
  }

  @Test
  void keepsWhatItFindsWhileTheMasterIsAway() throws Exception {
    try (WholeWorker worker = WholeWorker.start(master, data)) {
      ScriptedMaster.Session first = master.awaitSession();
      first.send(Units.assign(1, ENDLESS, RARE));
      WorkunitResult seen = first.await(WorkunitResult.class);
      master.refuse(Error.Code.CODE_BUSY);
      first.cut();
      master.awaitRefusal();
      long atRefusal = worker.sharesFound();
      await("one more share").atMost(LIMIT).until(() -> worker.sharesFound() > atRefusal);
      master.refuse(null);

      List<MessageLite> again = master.awaitSession().awaitAll(WorkunitRequest.class);

      assertThat(resultsOf(again).getFirst()).isEqualTo(seen);
      assertThat(resultsOf(again)).hasSizeGreaterThan((int) atRefusal);
      assertThat(heldBy(again)).as("it still searches").containsExactly(1L);
    }
  }

  @Test
  void remembersThePeersThatMastersTellOf() throws Exception {
    try (WholeWorker worker = WholeWorker.start(master, data)) {
      PeerAddress itself = peer(worker.id(), PeerAddress.Role.ROLE_WORKER, "192.0.2.1");
      PeerAddress nobody = peer(ANOTHER, PeerAddress.Role.ROLE_MASTER, "224.0.0.1");
      master
          .awaitSession()
          .send(list(peer(OTHER, PeerAddress.Role.ROLE_MASTER, "192.0.2.7"), itself, nobody));
      await().atMost(LIMIT).until(() -> knownHosts().equals(List.of("192.0.2.7")));
    }
    try (WholeWorker worker = WholeWorker.start(master, data)) {
      master.awaitSession().send(list(peer(ANOTHER, PeerAddress.Role.ROLE_WORKER, "192.0.2.8")));
      await().atMost(LIMIT).until(() -> knownHosts().equals(List.of("192.0.2.8", "192.0.2.7")));
      assertThat(worker.status().unitsInHand()).isZero();
    }
  }

  @Test
  void saysGoodbyeWhenItEnds() throws Exception {
    ScriptedMaster.Session session;
    try (WholeWorker worker = WholeWorker.start(master, data)) {
      session = master.awaitSession();
      assertThat(worker.status().unitsInHand()).isZero();
    }
    assertThat(session.awaitClosure())
        .isEqualTo(new Closure.PeerLeft("the worker is stopping", false));
  }

  private List<String> knownHosts() {
    return KnownPeers.load(data, InstantSource.system()).all().stream()
        .map(KnownPeer::host)
        .toList();
  }

  private static PeerList list(PeerAddress... peers) {
    return PeerList.newBuilder().addAllPeers(List.of(peers)).build();
  }

  private static PeerAddress peer(NodeId id, PeerAddress.Role role, String host) {
    return PeerAddress.newBuilder()
        .setRole(role)
        .setNodeId(id.toByteString())
        .setHost(host)
        .setPort(9740)
        .build();
  }

  private static List<WorkunitResult> resultsOf(List<MessageLite> messages) {
    return only(messages, WorkunitResult.class).toList();
  }

  private static List<Long> heldBy(List<MessageLite> messages) {
    return only(messages, WorkunitRequest.class)
        .flatMap(request -> request.getHeldList().stream())
        .map(HeldUnit::getUnitId)
        .toList();
  }

  private static <M> Stream<M> only(List<MessageLite> messages, Class<M> kind) {
    return messages.stream().filter(kind::isInstance).map(kind::cast);
  }
}
