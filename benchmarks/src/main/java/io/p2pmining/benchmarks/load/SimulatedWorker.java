package io.p2pmining.benchmarks.load;

import com.google.protobuf.ByteString;
import io.p2pmining.common.connection.Closure;
import io.p2pmining.common.connection.Connection;
import io.p2pmining.common.connection.WorkerListener;
import io.p2pmining.common.wire.v1.AlgorithmSupport;
import io.p2pmining.common.wire.v1.AssignedUnit;
import io.p2pmining.common.wire.v1.CancelledUnit;
import io.p2pmining.common.wire.v1.Capabilities;
import io.p2pmining.common.wire.v1.FoundShare;
import io.p2pmining.common.wire.v1.Heartbeat;
import io.p2pmining.common.wire.v1.Hello;
import io.p2pmining.common.wire.v1.HelloReply;
import io.p2pmining.common.wire.v1.Mode;
import io.p2pmining.common.wire.v1.PeerList;
import io.p2pmining.common.wire.v1.UnitCompleted;
import io.p2pmining.common.wire.v1.WorkunitAck;
import io.p2pmining.common.wire.v1.WorkunitAssign;
import io.p2pmining.common.wire.v1.WorkunitCancel;
import io.p2pmining.common.wire.v1.WorkunitProgress;
import io.p2pmining.common.wire.v1.WorkunitRequest;
import io.p2pmining.common.wire.v1.WorkunitResult;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A worker as its master sees it, that searches so slowly that every nonce may be a share: it takes
 * the next nonce of its unit at its own pace and reports it, and completes the unit after the last.
 * Everything here happens on the event loop of its connection.
 */
final class SimulatedWorker implements WorkerListener {

  private static final int DEPTH = 2;

  private static final long PROGRESS_SECONDS = 15;
  private static final long MEMORY_BYTES = 8L << 30;

  private final ByteString nodeId;
  private final String name;
  private final double claimed;
  private final double sharesPerSecond;
  private final Ticks ticks;
  private final Sha256d hasher;
  private final Tally tally;
  private final JobSwitches switches;
  private final long created = System.nanoTime();
  private final Deque<Unit> units = new ArrayDeque<>(DEPTH);
  private final Map<Long, Sent> sent = new HashMap<>();
  private @Nullable Connection connection;
  private long wantedNanos;
  private long results;
  private boolean running;
  private boolean leaving;
  private @Nullable JobSwitch heardOf;
  private @Nullable JobSwitch took;

  /**
   * @param claimed the speed that it tells at first
   * @param sharesPerSecond how fast it searches, in nonces, each of which is a share
   * @param ticks of the event loop
   * @param hasher of the event loop
   */
  SimulatedWorker(
      ByteString nodeId,
      String name,
      double claimed,
      double sharesPerSecond,
      Ticks ticks,
      Sha256d hasher,
      Tally tally,
      JobSwitches switches) {
    this.nodeId = nodeId;
    this.name = name;
    this.claimed = claimed;
    this.sharesPerSecond = sharesPerSecond;
    this.ticks = ticks;
    this.hasher = hasher;
    this.tally = tally;
    this.switches = switches;
  }

  /** A unit in hand, and how many of its nonces were searched. */
  private static final class Unit {

    final AssignedUnit assigned;
    long searched;

    Unit(AssignedUnit assigned) {
      this.assigned = assigned;
    }
  }

  /** A result that waits to be acknowledged. */
  private record Sent(long nanos, boolean share) {}

  // ---------------------------------------------------------------- what the run asks for

  /** Begins to search what it has, the first nonce after a part of its pace. */
  void start(double phase) {
    running = true;
    long pace = paceNanos();
    ticks.schedule(this::searchOne, (long) (phase * pace));
    ticks.schedule(
        this::reportProgress, (long) (phase * TimeUnit.SECONDS.toNanos(PROGRESS_SECONDS)));
  }

  /** Searches no more, and says goodbye. */
  void leave() {
    running = false;
    leaving = true;
    if (connection != null) {
      connection.leave("the measurement is over", false);
    }
  }

  private long paceNanos() {
    return (long) (TimeUnit.SECONDS.toNanos(1) / sharesPerSecond);
  }

  private void searchOne() {
    if (!running) {
      return;
    }
    ticks.schedule(this::searchOne, paceNanos());
    noticeEarlyWork();
    Unit unit = units.peekFirst();
    if (unit == null) {
      return;
    }
    AssignedUnit assigned = unit.assigned;
    long nonce = Integer.toUnsignedLong(assigned.getNonceStart()) + unit.searched++;
    var job = assigned.getJob();
    byte[] hash = hasher.hash(job.getBlob().toByteArray(), job.getNonceOffset(), nonce);
    send(
        result(assigned)
            .setShare(
                FoundShare.newBuilder().setNonce((int) nonce).setHash(ByteString.copyFrom(hash))));
    if (unit.searched == assigned.getNonceCount()) {
      units.removeFirst();
      send(result(assigned).setCompleted(UnitCompleted.newBuilder().setSearched(unit.searched)));
      request();
    }
  }

  /** A worker that has enough of the next job already is assigned no more when the old one ends. */
  private void noticeEarlyWork() {
    JobSwitch latest = switches.latest();
    if (latest != null
        && latest != took
        && units.size() >= DEPTH
        && units.stream().allMatch(unit -> latest.isNext(unit.assigned.getJob().getJobId()))) {
      took = latest;
      latest.wasAssigned();
    }
  }

  private WorkunitResult.Builder result(AssignedUnit unit) {
    return WorkunitResult.newBuilder()
        .setResultId(created + results++)
        .setUnitId(unit.getUnitId())
        .setLease(unit.getLease())
        .setJobId(unit.getJob().getJobId());
  }

  private void send(WorkunitResult.Builder result) {
    if (connection != null) {
      sent.put(result.getResultId(), new Sent(System.nanoTime(), result.hasShare()));
      connection.send(result.build());
    }
  }

  private void request() {
    if (connection != null) {
      wantedNanos = System.nanoTime();
      connection.send(WorkunitRequest.newBuilder().setDepth(DEPTH).build());
    }
  }

  private void reportProgress() {
    if (!running || connection == null) {
      return;
    }
    ticks.schedule(this::reportProgress, TimeUnit.SECONDS.toNanos(PROGRESS_SECONDS));
    for (Unit unit : units) {
      connection.send(
          WorkunitProgress.newBuilder()
              .setUnitId(unit.assigned.getUnitId())
              .setLease(unit.assigned.getLease())
              .setSearched(unit.searched)
              .setHashesPerSecond(sharesPerSecond)
              .build());
    }
  }

  // ---------------------------------------------------------------- what the master says

  @Override
  public void opened(Connection opened) {
    connection = opened;
    tally.connected(1);
    opened.send(
        Hello.newBuilder()
            .setNodeId(nodeId)
            .setName(name)
            .setSoftware("load/1")
            .setVersionMin(1)
            .setVersionMax(1)
            .build());
  }

  @Override
  public void helloReply(HelloReply reply) {
    if (connection != null) {
      connection.send(
          Capabilities.newBuilder()
              .setCores(1)
              .setMiningThreads(1)
              .setMemoryTotalBytes(MEMORY_BYTES)
              .setMemoryAvailableBytes(MEMORY_BYTES)
              .setArchitecture("simulated")
              .setOperatingSystem("simulated")
              .setCpuModel("simulated")
              .addAlgorithms(
                  AlgorithmSupport.newBuilder()
                      .setAlgorithm(LoadJob.ALGORITHM)
                      .setMode(Mode.MODE_LIGHT)
                      .setEngine("none")
                      .setMeasuredHashesPerSecond(claimed))
              .build());
      request();
    }
  }

  @Override
  public void peerList(PeerList peers) {
    tally.handshakes.add(System.nanoTime() - created);
    tally.introduced();
  }

  @Override
  public void workunitAssign(WorkunitAssign assign) {
    if (assign.hasNoWork()) {
      wantedNanos = 0;
      return;
    }
    if (wantedNanos != 0) {
      tally.assignments.add(System.nanoTime() - wantedNanos);
      wantedNanos = 0;
    }
    JobSwitch latest = switches.latest();
    for (AssignedUnit unit : assign.getUnitsList()) {
      units.add(new Unit(unit));
      if (latest != null && latest != took && latest.isNext(unit.getJob().getJobId())) {
        took = latest;
        latest.assigned();
      }
    }
  }

  @Override
  public void workunitAck(WorkunitAck ack) {
    Sent result = sent.remove(ack.getResultId());
    if (result == null) {
      tally.error("acknowledged something that was not sent");
      return;
    }
    tally.acknowledgements.add(System.nanoTime() - result.nanos);
    if (ack.getVerdict() == WorkunitAck.Verdict.VERDICT_REJECTED && !isLate(ack)) {
      tally.error("rejected: " + ack.getRejection());
    } else if (result.share) {
      tally.shareAcknowledged();
    } else {
      tally.completionAcknowledged();
    }
  }

  /** What crossed the end of its job on the way is nobody's mistake. */
  private boolean isLate(WorkunitAck ack) {
    return heardOf != null && ack.getRejection() == WorkunitAck.Rejection.REJECTION_STALE;
  }

  @Override
  public void workunitCancel(WorkunitCancel cancel) {
    JobSwitch latest = switches.latest();
    if (latest == null) {
      tally.error("cancelled: " + cancel.getReason());
    } else if (latest != heardOf) {
      heardOf = latest;
      latest.cancelled();
    }
    for (CancelledUnit cancelled : cancel.getUnitsList()) {
      units.removeIf(unit -> unit.assigned.getUnitId() == cancelled.getUnitId());
    }
  }

  @Override
  public Heartbeat nextHeartbeat() {
    return Heartbeat.newBuilder()
        .setState(running ? Heartbeat.State.STATE_MINING : Heartbeat.State.STATE_IDLE)
        .setAlgorithm(LoadJob.ALGORITHM)
        .setMode(Mode.MODE_LIGHT)
        .setHashesPerSecond(running ? sharesPerSecond : 0)
        .setMemoryAvailableBytes(MEMORY_BYTES)
        .build();
  }

  @Override
  public void closed(Closure closure) {
    connection = null;
    tally.connected(-1);
    if (!leaving) {
      tally.error("disconnected: " + closure.describe());
    }
  }
}
