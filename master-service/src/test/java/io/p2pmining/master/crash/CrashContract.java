package io.p2pmining.master.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.p2pmining.common.node.NodeId;
import io.p2pmining.common.wire.v1.AssignedUnit;
import io.p2pmining.common.wire.v1.WorkunitAck;
import io.p2pmining.common.wire.v1.WorkunitResult;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.PowAlgorithms;
import io.p2pmining.core.pow.Preparation;
import io.p2pmining.core.pow.PreparedSeed;
import io.p2pmining.master.store.DatabaseSettings;
import io.p2pmining.master.store.StoredState;
import io.p2pmining.master.work.UnitState;
import io.p2pmining.master.work.WorkUnit;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Kills a master at random moments under load, and at times a worker; then compares the database
 * with what the workers saw acknowledged.
 */
abstract class CrashContract {

  private static final int KILLS = 20;
  private static final int WORKERS = 6;
  private static final int MAX_MILLIS_UNTIL_KILL = 2500;
  private static final Duration LIMIT = Duration.ofSeconds(120);

  @TempDir private Path data;

  private final Set<String> acceptedShares = ConcurrentHashMap.newKeySet();
  private final Set<String> blocks = ConcurrentHashMap.newKeySet();
  private final Map<Long, Long> completedUnits = new ConcurrentHashMap<>();
  private final Set<Long> leases = ConcurrentHashMap.newKeySet();
  private final Set<String> surprises = ConcurrentHashMap.newKeySet();
  private volatile @Nullable InetSocketAddress address;
  private int lives;

  /** An empty database; null for the one in the data directory. */
  abstract @Nullable DatabaseSettings database() throws Exception;

  @Test
  void losesNothingHoweverOftenItIsKilled() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed=" + seed);
    Random random = new Random(seed);
    DatabaseSettings database = database();
    try (PreparedSeed prepared = sha256d()) {
      List<CrashWorker> workers = new ArrayList<>();
      for (int i = 0; i < WORKERS; i++) {
        workers.add(
            new CrashWorker(
                NodeId.of(ByteString.fromHex("%032x".formatted(i + 1))),
                prepared.newHasher(),
                new Seen(),
                () -> address));
      }
      List<Thread> threads = workers.stream().map(w -> Thread.ofPlatform().start(w)).toList();
      for (int kill = 0; kill < KILLS; kill++) {
        Process master = start(database);
        awaitProgress(workers, master);
        if (random.nextInt(4) == 0) {
          workers.get(random.nextInt(WORKERS)).crash();
        }
        Thread.sleep(random.nextInt(MAX_MILLIS_UNTIL_KILL));
        address = null;
        master.destroyForcibly().waitFor();
      }
      Process last = start(database);
      awaitProgress(workers, last);
      workers.forEach(CrashWorker::stop);
      for (Thread thread : threads) {
        thread.join(LIMIT);
      }
      assertThat(workers).allSatisfy(worker -> assertThat(worker.unacknowledged()).isEmpty());
      awaitNoOpenBlocks();
      last.destroy();
      last.waitFor();
      check(seed, database);
    }
  }

  /** The workers have come back by themselves, and results are acknowledged again. */
  private static void awaitProgress(List<CrashWorker> workers, Process master) {
    long before = acknowledged(workers);
    await()
        .atMost(LIMIT)
        .failFast(() -> !master.isAlive())
        .until(() -> acknowledged(workers) > before + WORKERS);
  }

  private static long acknowledged(List<CrashWorker> workers) {
    return workers.stream().mapToLong(CrashWorker::acknowledgements).sum();
  }

  private void awaitNoOpenBlocks() {
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              try (var files = Files.list(data.resolve("blocks"))) {
                assertThat(files.map(Path::toFile)).isEmpty();
              }
            });
  }

  private Process start(@Nullable DatabaseSettings database) throws Exception {
    Path announcement = data.resolve("master.json");
    Files.deleteIfExists(announcement);
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                CrashMaster.class.getName(),
                "--p2pmine.data-dir=" + data,
                "--server.port=0",
                "--p2pmine.master.p2p-port=0",
                "--p2pmine.master.benchmark=off",
                "--p2pmine.master.work.unit-duration=1s",
                "--p2pmine.master.share.interval=100ms"));
    if (database != null) {
      command.add("--spring.datasource.url=" + database.url());
    }
    Process master =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(data.resolve("log-" + ++lives).toFile())
            .start();
    await().atMost(LIMIT).failFast(() -> !master.isAlive()).until(() -> Files.exists(announcement));
    JsonNode runtime = JsonMapper.shared().readTree(Files.readAllBytes(announcement));
    address = new InetSocketAddress("127.0.0.1", runtime.path("p2pPort").asInt());
    return master;
  }

  private void check(long seed, @Nullable DatabaseSettings database) throws Exception {
    StoredState stored =
        StoredState.read(database == null ? new DatabaseSettings("", "", "") : database, data);
    String was = "seed=" + seed;

    assertThat(surprises).as(was).isEmpty();
    assertThat(acceptedShares).as(was).hasSizeGreaterThan(KILLS);
    assertThat(blocks).as(was).isNotEmpty();
    Set<String> shares = new HashSet<>(stored.shares());
    assertThat(stored.shares()).as(was).hasSameSizeAs(shares);
    assertThat(shares).as(was).containsAll(acceptedShares);
    assertThat(stored.acceptedTotal()).as(was).isEqualTo(shares.size());
    assertThat(stored.acceptedByPeers()).as(was).isEqualTo(shares.size());

    Set<String> chain = new HashSet<>(Files.readAllLines(data.resolve("chain")));
    assertThat(chain).as(was).containsAll(blocks);
    assertThat(stored.acceptedBlocks()).as(was).containsAll(blocks).isSubsetOf(chain);
    assertThat(stored.openBlocks()).as(was).isZero();

    Map<Long, WorkUnit> units = new HashMap<>();
    stored.units().forEach(unit -> units.put(unit.id(), unit));
    completedUnits.forEach(
        (id, lease) ->
            assertThat(units.get(id))
                .as(was)
                .satisfies(unit -> assertThat(unit.state()).isEqualTo(UnitState.COMPLETED))
                .satisfies(unit -> assertThat(unit.lease()).isEqualTo(lease)));
    checkRanges(was, stored.units());
    assertThat(stored.unitsOfEndedJobs())
        .as(was)
        .allSatisfy(unit -> assertThat(unit.state().isFinal()).isTrue());
  }

  private static void checkRanges(String was, List<WorkUnit> units) {
    Map<String, List<WorkUnit>> byJob =
        units.stream().collect(Collectors.groupingBy(WorkUnit::jobId));
    for (List<WorkUnit> ofJob : byJob.values()) {
      long end = 0;
      for (WorkUnit unit :
          ofJob.stream().sorted(Comparator.comparingLong(u -> u.range().start())).toList()) {
        assertThat(unit.range().start()).as(was).isGreaterThanOrEqualTo(end);
        end = unit.range().end();
      }
    }
  }

  private static PreparedSeed sha256d() throws InterruptedException {
    return PowAlgorithms.load()
        .find("sha256d")
        .orElseThrow()
        .prepare(new byte[0], HashingMode.LIGHT, Preparation.onThreads(1));
  }

  /** Collects what the workers see. */
  private final class Seen implements CrashWorker.Ledger {

    @Override
    public void assigned(AssignedUnit unit) {
      if (!leases.add(unit.getLease())) {
        surprises.add("lease given twice: " + unit.getLease());
      }
    }

    @Override
    public void acknowledged(WorkunitResult result, WorkunitAck ack) {
      switch (ack.getVerdict()) {
        case VERDICT_ACCEPTED, VERDICT_BLOCK -> accepted(result, ack);
        default -> {
          switch (ack.getRejection()) {
            case REJECTION_STALE, REJECTION_DUPLICATE -> {}
            default -> surprises.add("honest result refused: " + result + " " + ack);
          }
        }
      }
    }

    private void accepted(WorkunitResult result, WorkunitAck ack) {
      if (result.hasShare()) {
        String key = result.getJobId() + ":" + Integer.toUnsignedLong(result.getShare().getNonce());
        acceptedShares.add(key);
        if (ack.getVerdict() == WorkunitAck.Verdict.VERDICT_BLOCK) {
          blocks.add(key);
        }
      } else {
        completedUnits.put(result.getUnitId(), result.getLease());
      }
    }
  }
}
