package io.p2pmining.worker.whole;

import static io.p2pmining.worker.work.Units.ENDLESS;
import static io.p2pmining.worker.work.Units.NEVER;
import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.common.frame.VersionRange;
import io.p2pmining.common.wire.v1.AlgorithmSupport;
import io.p2pmining.common.wire.v1.Capabilities;
import io.p2pmining.common.wire.v1.Heartbeat;
import io.p2pmining.common.wire.v1.Hello;
import io.p2pmining.common.wire.v1.NoWork;
import io.p2pmining.common.wire.v1.WorkunitProgress;
import io.p2pmining.common.wire.v1.WorkunitRequest;
import io.p2pmining.common.wire.v1.WorkunitResult;
import io.p2pmining.core.pow.Target;
import io.p2pmining.worker.ScriptedMaster;
import io.p2pmining.worker.work.Units;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class MiningTest {

  private static final long DIFFICULTY = 50;

  @TempDir private Path data;

  private final ScriptedMaster master = new ScriptedMaster(0);
  private WholeWorker worker;
  private ScriptedMaster.Session session;

  @BeforeEach
  void join() throws Exception {
    worker = WholeWorker.start(master, data);
    session = master.awaitSession();
  }

  @AfterEach
  void end() {
    worker.close();
    master.close();
  }

  @Test
  void introducesItselfAndAsksForWork() throws Exception {
    Hello hello = session.await(Hello.class);
    assertThat(hello.getNodeId()).isEqualTo(worker.id().toByteString());
    assertThat(hello.getName()).isEqualTo(WholeWorker.NAME);
    assertThat(hello.getSoftware()).startsWith("p2pmine-worker/");
    assertThat(hello.getVersionMin()).isEqualTo(VersionRange.SUPPORTED.min());
    assertThat(hello.getVersionMax()).isEqualTo(VersionRange.SUPPORTED.max());
    assertThat(hello.getHttpPort()).isEqualTo(worker.httpPort());

    Capabilities capabilities = session.await(Capabilities.class);
    assertThat(capabilities.getCores()).isPositive();
    assertThat(capabilities.getMiningThreads()).isEqualTo(2);
    assertThat(capabilities.getMemoryTotalBytes())
        .isGreaterThan(capabilities.getMemoryAvailableBytes());
    assertThat(capabilities.getAlgorithmsList())
        .extracting(AlgorithmSupport::getAlgorithm)
        .contains("rx/0", "sha256d");

    WorkunitRequest request = session.await(WorkunitRequest.class);
    assertThat(request.getDepth()).isEqualTo(8);
    assertThat(request.getHeldList()).isEmpty();
  }

  @Test
  void findsEveryShareOfItsUnitsAndCompletesThem() throws Exception {
    long last = 1L << 32;
    session.send(
        Units.assign(1, 1000, DIFFICULTY).toBuilder()
            .addUnits(Units.unit(2, "sha256d", 1000, DIFFICULTY).setNonceStart((int) (last - 1000)))
            .build());

    // Threads that find no more nonces in one unit begin with the next: results may interleave.
    List<WorkunitResult> results = session.awaitCompletion();
    results.addAll(session.awaitCompletion());
    List<WorkunitResult> first = resultsOf(1, results);
    List<WorkunitResult> second = resultsOf(2, results);
    assertThat(first.getLast().getCompleted().getSearched()).isEqualTo(1000);
    assertThat(second.getLast().getCompleted().getSearched()).isEqualTo(1000);
    assertThat(hashesByNonce(first)).isEqualTo(sharesByBruteForce(0)).isNotEmpty();
    assertThat(hashesByNonce(second)).isEqualTo(sharesByBruteForce(last - 1000)).isNotEmpty();
  }

  @Test
  void leavesACancelledUnitAtOnceForTheNextOne() throws Exception {
    session.send(Units.assign(1, ENDLESS, NEVER));
    awaitProgress(1);

    session.send(Units.cancel(1));
    session.send(Units.assign(2, 1000, NEVER));

    // Nobody lives to see the end of unit 1: that 2 ends shows that 1 was left.
    assertThat(session.await(WorkunitResult.class).getUnitId())
        .as("a cancelled unit ends without a result")
        .isEqualTo(2);
    awaitIdle();
    assertThat(worker.status().unitsInHand()).isZero();
  }

  @Test
  void stopsHashingAndSaysWhyWhenThereIsNoWork() throws Exception {
    session.send(Units.assign(1, 1000, NEVER));
    session.send(Units.noWork(NoWork.Reason.REASON_SOURCE_DOWN, "no node answers"));
    session.awaitCompletion();

    awaitIdle();
    assertThat(session.await(Heartbeat.class).getHashesTotal()).isEqualTo(1000);
    assertThat(worker.health("$.components.miner.status")).isEqualTo("UP");
    assertThat(worker.health("$.components.miner.details.state")).isEqualTo("idle");
    assertThat(worker.health("$.components.miner.details.reason"))
        .isEqualTo("the master's source of work is down: no node answers");

    session.send(Units.assign(2, 1000, NEVER));
    session.awaitCompletion();
    assertThat(worker.health("$.components.miner.details.reason")).isEqualTo("waiting for work");
  }

  private void awaitProgress(long unitId) throws InterruptedException {
    WorkunitProgress progress;
    do {
      progress = session.await(WorkunitProgress.class);
      assertThat(progress.getUnitId()).isEqualTo(unitId);
    } while (progress.getSearched() == 0);
  }

  private void awaitIdle() throws InterruptedException {
    while (session.await(Heartbeat.class).getState() != Heartbeat.State.STATE_IDLE) {
      // The next one will tell.
    }
  }

  private static List<WorkunitResult> resultsOf(long unitId, List<WorkunitResult> results) {
    return results.stream()
        .filter(result -> result.getUnitId() == unitId && result.getLease() == 1000 * unitId)
        .toList();
  }

  private static Map<Long, String> hashesByNonce(List<WorkunitResult> results) {
    return results.stream()
        .filter(WorkunitResult::hasShare)
        .map(WorkunitResult::getShare)
        .collect(
            Collectors.toMap(
                share -> Integer.toUnsignedLong(share.getNonce()),
                share -> hex(share.getHash().toByteArray())));
  }

  private static Map<Long, String> sharesByBruteForce(long start) throws Exception {
    Target target = Target.forDifficulty(DIFFICULTY);
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    Map<Long, String> shares = new TreeMap<>();
    for (long nonce = start; nonce < start + 1000; nonce++) {
      byte[] blob = Units.BLOB.clone();
      ByteBuffer.wrap(blob).order(ByteOrder.LITTLE_ENDIAN).putInt(Units.NONCE_OFFSET, (int) nonce);
      byte[] hash = sha256.digest(sha256.digest(blob));
      if (target.isMetBy(hash)) {
        shares.put(nonce, hex(hash));
      }
    }
    return shares;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
