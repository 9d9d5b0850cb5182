package io.p2pmining.master.store;

import static io.p2pmining.master.store.schema.Tables.BLOCK;
import static io.p2pmining.master.store.schema.Tables.JOB;
import static io.p2pmining.master.store.schema.Tables.MASTER;
import static io.p2pmining.master.store.schema.Tables.PEER;
import static io.p2pmining.master.store.schema.Tables.PEER_TOTAL;
import static io.p2pmining.master.store.schema.Tables.SHARE;
import static io.p2pmining.master.store.schema.Tables.WORK_UNIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.jooq.impl.DSL.sum;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.p2pmining.common.work.Bytes;
import io.p2pmining.common.work.NonceRange;
import io.p2pmining.master.job.JobState;
import io.p2pmining.master.job.JobView;
import io.p2pmining.master.peer.PeerState;
import io.p2pmining.master.peer.RateSample;
import io.p2pmining.master.peer.Resolution;
import io.p2pmining.master.peer.ServiceState;
import io.p2pmining.master.peer.Standing;
import io.p2pmining.master.share.Share;
import io.p2pmining.master.share.ShareCounts;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.Redone;
import io.p2pmining.master.work.Rejection;
import io.p2pmining.master.work.UnitFilter;
import io.p2pmining.master.work.UnitRef;
import io.p2pmining.master.work.UnitState;
import io.p2pmining.master.work.WorkUnit;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What must hold on every database. */
abstract class StoreContract {

  private static final UUID ANN = new UUID(1, 1);
  private static final UUID BOB = new UUID(2, 2);
  private static final PeerId CAT = Workload.peer(0);
  private static final StoreSettings FEW =
      new StoreSettings(
          Duration.ofMillis(10),
          1000,
          1000,
          100,
          100,
          Duration.ofDays(36500),
          100,
          100,
          Duration.ofHours(24));
  private static final Window FIRST = new Window(0, 10);

  /** Ids in several eras. */
  private final AtomicLong numbers = new AtomicLong(4000);

  private final MemoryStore model = new MemoryStore();
  private Database database;

  /** An empty database. */
  abstract DatabaseSettings create() throws Exception;

  @BeforeAll
  static void quietMigrations() {
    for (String name : List.of("org.flywaydb", "com.zaxxer.hikari")) {
      ((Logger) LoggerFactory.getLogger(name)).setLevel(Level.ERROR);
    }
  }

  @BeforeEach
  void open() throws Exception {
    database = Database.open(create(), java.nio.file.Path.of("target"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Claim claim(UUID id) {
    return new Claims(database.sql()).claim(id, "test");
  }

  private OpenStore store(Claim claim) {
    return open(sqlStore(database.pool(), claim), claim);
  }

  /** The store to be tested, in front of the database. */
  OpenStore open(SqlStore store, Claim claim) {
    return store;
  }

  private SqlStore sqlStore(DataSource pool, Claim claim) {
    return new SqlStore(pool, database.engine(), claim, new AtomicLong()::incrementAndGet);
  }

  private Recovered recovered(UUID id) {
    return new Recovery(database.sql(), id).read(10_000);
  }

  private History history() {
    return new History(reads());
  }

  private Reads reads() {
    return new Reads(database.sql(), () -> {});
  }

  /** Writes the next group to the store, and to the model. */
  private void write(Journal journal, OpenStore store) throws StoreException {
    Group group = journal.take(true);
    store.write(group);
    store.awaitReadable();
    model.write(group);
  }

  private void assertSame(Recovered actual, Recovered expected) {
    assertThat(actual.jobs()).containsExactlyElementsOf(expected.jobs());
    assertThat(actual.units()).containsExactlyElementsOf(expected.units());
    assertThat(actual.leases()).containsExactlyInAnyOrderElementsOf(expected.leases());
    assertThat(actual.credited()).containsExactlyInAnyOrderElementsOf(expected.credited());
    assertThat(actual.blocks()).containsExactlyElementsOf(expected.blocks());
    assertThat(actual.endedUnits()).isEqualTo(expected.endedUnits());
    assertThat(actual.totals()).isEqualTo(expected.totals());
    assertThat(actual.standings()).isEqualTo(expected.standings());
    assertThat(actual.conducts()).isEqualTo(expected.conducts());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void recoversWhatWasWritten(long seed) throws StoreException {
    Random random = new Random(seed);
    Journal journal = new Journal(0);
    Workload workload = new Workload(journal, numbers::incrementAndGet, random);
    try (OpenStore store = store(claim(ANN))) {
      for (int group = 0; group < 30; group++) {
        workload.work(random.nextInt(40));
        write(journal, store);
      }
    }

    assertThat(model.units()).hasSizeGreaterThan(50);
    assertThat(model.leases()).isNotEmpty();
    assertThat(model.recover().standings()).isNotEmpty();
    assertThat(model.recover().conducts()).isNotEmpty();
    assertThat(model.recover().totals().revoked()).isPositive();
    assertSame(recovered(ANN), model.recover());
    assertThat(claim(ANN).groupNumber()).isEqualTo(30);
  }

  @Test
  void writesAGroupOnceEvenIfTheAnswerIsLost() throws StoreException {
    Journal journal = new Journal(0);
    Workload workload = new Workload(journal, numbers::incrementAndGet, new Random(6));
    Unanswered pool = new Unanswered(database.pool());
    try (OpenStore store = sqlStore(pool, claim(ANN))) {
      for (int i = 0; i < 10; i++) {
        workload.work(20);
        Group group = journal.take(true);
        model.write(group);
        pool.loseNextAnswer(i % 2 == 0);
        assertThatThrownBy(() -> store.write(group))
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("lost");
        store.write(group);
      }
    }

    assertSame(recovered(ANN), model.recover());
  }

  @Test
  void hasEveryGroupOnceIfTheDatabaseLosesAnswers() throws StoreException {
    Journal journal = new Journal(0);
    Workload workload = new Workload(journal, numbers::incrementAndGet, new Random(13));
    Unanswered pool = new Unanswered(database.pool());
    Claim claim = claim(ANN);
    try (OpenStore store = open(sqlStore(pool, claim), claim)) {
      for (int i = 0; i < 10; i++) {
        workload.work(20);
        Group group = journal.take(true);
        model.write(group);
        pool.loseNextAnswer(i % 2 == 0);
        try {
          store.write(group);
        } catch (StoreException e) {
          store.write(group);
        }
        store.awaitReadable();
      }
    }

    assertSame(recovered(ANN), model.recover());
  }

  @Test
  void shutsOutAnEarlierLifeOfTheSameMaster() throws StoreException {
    Journal journal = new Journal(0);
    new Workload(journal, numbers::incrementAndGet, new Random(7)).work(50);
    try (OpenStore store = sqlStore(database.pool(), claim(ANN))) {
      claim(ANN);

      assertThatThrownBy(() -> store.write(journal.take(true)))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("taken over");
    }
    assertThat(recovered(ANN).jobs()).isEmpty();
    assertThat(recovered(ANN).units()).isEmpty();
    assertThat(recovered(ANN).totals().shares().accepted()).isZero();
  }

  @Test
  void takesOverTheWorkOfAMasterThatIsGone() throws StoreException {
    Journal journal = new Journal(0);
    new Workload(journal, numbers::incrementAndGet, new Random(8)).work(200);
    try (OpenStore store = sqlStore(database.pool(), claim(ANN))) {
      write(journal, store);
      claim(BOB);
      assertThat(recovered(BOB).units()).as("ann is alive").isEmpty();

      letTimePassSince(ANN, Claims.GONE_AFTER.plusSeconds(1));
      claim(BOB);

      assertThat(recovered(BOB).units()).containsExactlyElementsOf(model.recover().units());
      assertThat(recovered(BOB).leases()).isNotEmpty();
      assertThat(recovered(ANN).units()).isEmpty();
      assertThat(catchThrowable(() -> store.write(journal.take(true))))
          .hasMessageContaining("taken over");
    }
  }

  @Test
  void cancelsWhatIsLeftOfJobsThatHadEnded() throws StoreException {
    Journal journal = new Journal(0);
    new Workload(journal, numbers::incrementAndGet, new Random(12)).work(200);
    try (OpenStore store = store(claim(ANN))) {
      write(journal, store);
    }
    List<WorkUnit> live = recovered(ANN).units();
    assertThat(live).isNotEmpty();
    database.sql().update(JOB).set(JOB.STATE, JobState.CANCELLED.name()).execute();

    assertThat(recovered(BOB).units()).isEmpty();
    assertThat(recovered(ANN).units()).isEmpty();

    assertThat(live)
        .allSatisfy(
            unit ->
                assertThat(history().unit(unit.id()).map(WorkUnit::state))
                    .contains(UnitState.CANCELLED));
  }

  private void letTimePassSince(UUID master, Duration time) {
    database
        .sql()
        .update(MASTER)
        .set(MASTER.HEARTBEAT_AT, InstantSource.system().instant().minus(time))
        .where(MASTER.ID.eq(master))
        .execute();
  }

  @Test
  void givesNoNumberTwiceToHoweverManyMasters() throws Exception {
    Set<Long> given = ConcurrentHashMap.newKeySet();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Runnable> masters = new ArrayList<>();
      for (int master = 0; master < 4; master++) {
        Numbers sequence = new NumberBlocks(database, Runnable::run).open("test", 7);
        masters.add(
            () -> {
              for (int i = 0; i < 100; i++) {
                assertThat(given.add(sequence.getAsLong())).isTrue();
              }
            });
      }
      for (var done : masters.stream().map(executor::submit).toList()) {
        done.get();
      }
    }
    assertThat(given).hasSize(400);
  }

  /** What is known of a leased unit whose worker has told that it searches it. */
  private static WorkUnit begun(WorkUnit unit) {
    return unit.state() == UnitState.ASSIGNED
        ? new WorkUnit(
            unit.id(),
            unit.jobId(),
            UnitState.COMPUTING,
            unit.range(),
            unit.searched(),
            unit.peer(),
            unit.lease(),
            unit.leaseStart(),
            unit.shareTarget(),
            unit.leaseExpiresAt(),
            unit.attempts(),
            unit.resultId(),
            unit.createdAt(),
            unit.updatedAt())
        : unit;
  }

  @Test
  void listsWhatMatchesNewestFirst() throws StoreException {
    Journal journal = new Journal(0);
    Workload workload = new Workload(journal, numbers::incrementAndGet, new Random(9));
    workload.work(1000);
    try (OpenStore store = store(claim(ANN))) {
      write(journal, store);
    }
    List<WorkUnit> all = List.copyOf(model.units()).reversed();
    var ann = Workload.peer(3);
    String job = all.getFirst().jobId();

    var completed = new UnitFilter(UnitState.COMPLETED, null, ann);
    assertThat(history().units(completed, new Window(0, 1000)).items())
        .containsExactlyElementsOf(
            all.stream()
                .filter(u -> u.state() == UnitState.COMPLETED && ann.equals(u.peer()))
                .toList());
    assertThat(history().shares(null, ann, new Window(0, 1000)).items())
        .containsExactlyElementsOf(
            model.shares().reversed().stream().filter(s -> s.peer().equals(ann)).toList());
    assertThat(history().units(completed, new Window(2, 3)).total())
        .isEqualTo(history().units(completed, new Window(0, 1000)).items().size());
    List<WorkUnit> leased = all.stream().filter(u -> u.state().isLeased()).toList();
    var computing = new UnitFilter(UnitState.COMPUTING, null, null);
    var assigned = new UnitFilter(UnitState.ASSIGNED, null, null);
    var begun = history().units(computing, new Window(1, 2), StoreContract::begun);
    assertThat(leased).hasSizeGreaterThan(3);
    assertThat(begun.items())
        .extracting(WorkUnit::id)
        .containsExactlyElementsOf(leased.subList(1, 3).stream().map(WorkUnit::id).toList());
    assertThat(begun.total()).isEqualTo(leased.size());
    assertThat(history().units(assigned, FIRST, StoreContract::begun).items()).isEmpty();
    assertThat(history().units(new UnitFilter(UnitState.COMPUTING, "none", null), FIRST, u -> u))
        .isEqualTo(new Slice<>(List.of(), 0));
    var second = history().units(UnitFilter.ALL, new Window(5, 5));
    assertThat(second.items()).containsExactlyElementsOf(all.subList(5, 10));
    assertThat(second.total()).isEqualTo(all.size());
    assertThat(history().units(new UnitFilter(null, job, null), FIRST).total())
        .isEqualTo(model.unitsOf(job).size());
    assertThat(history().unit(all.getFirst().id())).contains(all.getFirst());
    assertThat(history().jobs(JobState.ACTIVE, FIRST).items().getFirst().job())
        .isEqualTo(workload.current());
    assertThat(history().job(job).map(JobView::state)).contains(model.job(job).state());
    assertThat(history().shares(null, null, FIRST).total()).isEqualTo(model.shares().size());
    assertThat(history().shares(null, null, FIRST).items())
        .containsExactlyElementsOf(model.shares().reversed().subList(0, 10));
    assertThat(history().blocks(null, FIRST).total()).isEqualTo(model.blocks().size());
    PastLease lease = model.leases().getFirst();
    assertThat(history().leases(lease.ref().unitId())).contains(lease);
  }

  @Test
  void countsForEachPeerWhatWasCredited() throws StoreException {
    Journal journal = new Journal(0);
    new Workload(journal, numbers::incrementAndGet, new Random(10)).work(500);
    try (OpenStore store = store(claim(ANN))) {
      write(journal, store);
    }
    PeerHistory peers = new PeerHistory(reads());
    var counts = peers.counts(List.of(Workload.peer(0), Workload.peer(1)));

    assertThat(counts.get(Workload.peer(1)).accepted())
        .isEqualTo(model.shares().stream().filter(s -> s.peer().equals(Workload.peer(1))).count());
    var sums =
        database
            .sql()
            .select(sum(PEER_TOTAL.SHARES_ACCEPTED))
            .from(PEER_TOTAL)
            .fetchSingle()
            .value1();
    assertThat(sums.longValue()).isEqualTo(model.total("shares"));
    assertThat(peers.disconnected(FIRST).items())
        .isNotEmpty()
        .allSatisfy(peer -> assertThat(peer.capabilities().cpuModel()).isEqualTo("cpu"));
  }

  @Test
  void deletesTheOldestBeyondItsBoundsAndKeepsTheTotals() throws StoreException {
    Journal journal = new Journal(0);
    new Workload(journal, numbers::incrementAndGet, new Random(11)).work(40_000);
    try (OpenStore store = store(claim(ANN))) {
      write(journal, store);
    }
    Recovered before = recovered(ANN);
    new Retention(database.sql(), () -> FEW, InstantSource.system()).enforce();

    assertThat(database.sql().fetchCount(WORK_UNIT)).isEqualTo(1000);
    assertThat(database.sql().fetchCount(SHARE)).isEqualTo(1000);
    assertThat(database.sql().fetchCount(BLOCK)).isEqualTo(100);
    assertThat(database.sql().fetchCount(BLOCK, BLOCK.OUTCOME.eq("PENDING")))
        .as("nobody knows yet what becomes of them")
        .isEqualTo((int) model.total("blocks.PENDING"));
    assertThat(history().units(UnitFilter.ALL, FIRST).items())
        .containsExactlyElementsOf(List.copyOf(model.units()).reversed().subList(0, 10));
    assertThat(recovered(ANN).units()).isEqualTo(before.units());
    assertThat(recovered(ANN).totals()).isEqualTo(before.totals());

    StoreSettings young =
        new StoreSettings(
            Duration.ofMillis(10),
            1000,
            1000,
            100,
            100,
            Duration.ofHours(1),
            1000,
            100,
            Duration.ofHours(24));
    new Retention(database.sql(), () -> young, InstantSource.system()).enforce();

    assertThat(history().units(new UnitFilter(UnitState.COMPLETED, null, null), FIRST).items())
        .as("only what belongs to an active job is kept")
        .allSatisfy(unit -> assertThat(model.job(unit.jobId()).state()).isEqualTo(JobState.ACTIVE));
    assertThat(recovered(ANN).units()).isEqualTo(before.units());
    assertThat(recovered(ANN).totals()).isEqualTo(before.totals());
  }

  @Test
  void takesFromAPeersTotalsWhatItIsNotCreditedForAnyMore() throws StoreException {
    Journal journal = new Journal(0);
    Share share =
        new Share(
            5, "job", 7, Bytes.copyOf(new byte[32]), BigInteger.TEN, CAT, Workload.START, false);
    PeerHistory peers = new PeerHistory(reads());
    try (OpenStore store = store(claim(ANN))) {
      journal.shareAccepted(share, new UnitRef(1, 1), 1);
      journal.taskEnded();
      write(journal, store);
      assertThat(peers.counts(List.of(CAT)).get(CAT)).isEqualTo(new ShareCounts(1, Map.of()));

      journal.shareRevoked(share, Rejection.BAD_HASH);
      journal.taskEnded();
      write(journal, store);
    }

    assertThat(peers.counts(List.of(CAT)).get(CAT))
        .isEqualTo(new ShareCounts(0, Map.of(Rejection.BAD_HASH, 1L)));
    assertThat(database.sql().fetchCount(SHARE)).isZero();
    assertThat(recovered(ANN).totals().shares().accepted()).isZero();
    assertThat(recovered(ANN).totals().revokedDifficulty()).isEqualTo(10);
  }

  @Test
  void keepsWhatCameOfRangesThatWereSearchedTwice() throws StoreException {
    Journal journal = new Journal(0);
    Redone redone =
        new Redone(
            new UnitRef(4, 5),
            "job",
            CAT,
            Workload.peer(1),
            new NonceRange(3, 1L << 31),
            1,
            2,
            3,
            Workload.START);
    try (OpenStore store = store(claim(ANN))) {
      journal.unitRedone(redone);
      journal.taskEnded();
      write(journal, store);
    }
    assertThat(history().redos(4)).containsExactly(redone);
    assertThat(history().redos(5)).isEmpty();

    Instant later = Workload.START.plus(FEW.maxAge()).plusSeconds(1);
    new Retention(database.sql(), () -> FEW, () -> later).enforce();
    assertThat(history().redos(4)).as("its unit is gone").isEmpty();
  }

  @Test
  void chartsGoOnAndReachBackNoFurtherThanTheyShow() throws StoreException {
    Journal journal = new Journal(0);
    SampleStore ofAnn = new SampleStore(journal, reads(), ANN);
    Instant end = Workload.START.truncatedTo(ChronoUnit.HOURS);
    try (OpenStore store = store(claim(ANN))) {
      for (Resolution resolution : Resolution.values()) {
        Instant at = end.minus(resolution.reach()).minus(resolution.step());
        for (; !at.isAfter(end); at = at.plus(resolution.step())) {
          ofAnn.store(resolution, new RateSample(at, 1.5, 1));
        }
      }
      write(journal, store);
      ofAnn.store(Resolution.ONE_HOUR, new RateSample(end, 2.5, 2));
      write(journal, store);
    }

    assertThat(ofAnn.load(Resolution.ONE_HOUR, end.minus(Duration.ofHours(1))))
        .containsExactly(
            new RateSample(end.minus(Duration.ofHours(1)), 1.5, 1), new RateSample(end, 2.5, 2));
    assertThat(new SampleStore(journal, reads(), BOB).load(Resolution.ONE_HOUR, Instant.EPOCH))
        .as("another master's chart")
        .isEmpty();

    new Retention(database.sql(), () -> FEW, () -> end).enforce();
    for (Resolution resolution : Resolution.values()) {
      assertThat(ofAnn.load(resolution, Instant.EPOCH))
          .as("%s", resolution)
          .hasSize(1 + (int) resolution.reach().dividedBy(resolution.step()));
    }
  }

  @Test
  void deletesPeersWithTheirConductButNoneThatAreOutOfService() throws StoreException {
    Journal journal = new Journal(0);
    try (OpenStore store = store(claim(ANN))) {
      for (int i = 0; i < 4; i++) {
        journal.peerChanged(Workload.peer(i, PeerState.DISCONNECTED));
        journal.conductChanged(Workload.peer(i), Workload.conduct(Workload.START));
      }
      journal.standingChanged(
          Workload.peer(2),
          new Standing(ServiceState.DRAINING, "kernel update", Workload.START, null));
      journal.conductChanged(Workload.peer(5), Workload.conduct(Workload.START));
      journal.taskEnded();
      write(journal, store);
    }
    Instant later = Workload.START.plus(Duration.ofDays(2));
    new Retention(database.sql(), () -> FEW, () -> later).enforce();
    assertThat(database.sql().fetchCount(PEER)).isEqualTo(4);

    Instant muchLater = Workload.START.plus(FEW.maxAge()).plusSeconds(1);
    new Retention(database.sql(), () -> FEW, () -> muchLater).enforce();

    assertThat(recovered(ANN).standings()).containsOnlyKeys(Workload.peer(2));
    assertThat(recovered(ANN).conducts()).containsOnlyKeys(Workload.peer(2));
    assertThat(new PeerHistory(reads()).find(Workload.peer(2))).isPresent();
    assertThat(database.sql().fetchCount(PEER)).isEqualTo(1);
  }
}
