package io.p2pmining.system;

import com.google.protobuf.MessageLite;
import io.p2pmining.common.connection.Closure;
import io.p2pmining.common.connection.Connection;
import io.p2pmining.common.connection.WorkerListener;
import io.p2pmining.common.node.NodeId;
import io.p2pmining.common.wire.v1.AlgorithmSupport;
import io.p2pmining.common.wire.v1.AssignedUnit;
import io.p2pmining.common.wire.v1.CancelledUnit;
import io.p2pmining.common.wire.v1.Capabilities;
import io.p2pmining.common.wire.v1.HeldUnit;
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
import io.p2pmining.core.pow.Hasher;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A worker as the protocol wants it, in the test's own process and at a rate of its own: it keeps
 * every result until the master has acknowledged it, sends it again under the same id after a
 * reconnect, and says at each reconnect which units it still has. Owned by the event loop of its
 * fleet.
 */
final class LoadWorker {

  private static final int DEPTH = 2;

  /** As many as real workers keep by default; with more of them it stops searching. */
  private static final int OUTBOX_CAPACITY = 1024;

  private final String name;
  private final NodeId id;
  private final int hashesPerSecond;
  private final Hasher hasher;
  private final Witness witness;
  private final Runnable disconnected;
  private final Map<HeldUnit, Search> inHand = new LinkedHashMap<>();
  private final Map<Long, WorkunitResult> outbox = new LinkedHashMap<>();
  private @Nullable Session session;
  private long lastResultId;
  private long hashes;
  private boolean resting;

  /**
   * A worker that is not connected.
   *
   * @param disconnected told whenever a connection ends
   */
  LoadWorker(
      String name,
      NodeId id,
      int hashesPerSecond,
      Hasher hasher,
      Witness witness,
      Runnable disconnected) {
    this.name = name;
    this.id = id;
    this.hashesPerSecond = hashesPerSecond;
    this.hasher = hasher;
    this.witness = witness;
    this.disconnected = disconnected;
  }

  /** The listener of its next connection. */
  WorkerListener newSession() {
    return new Session();
  }

  /** Searches for so long as if it had hashed all the time. */
  void search(long millis) {
    long budget = hashesPerSecond * millis / 1000;
    while (budget > 0 && !resting && !inHand.isEmpty() && outbox.size() < OUTBOX_CAPACITY) {
      Search search = inHand.values().iterator().next();
      long count = Math.min(budget, search.left());
      search.advance(count, hasher, (nonce, hash) -> post(search.share(nonce, hash)));
      budget -= count;
      hashes += count;
      if (search.left() == 0) {
        inHand.remove(search.ref());
        post(
            search
                .result()
                .setCompleted(UnitCompleted.newBuilder().setSearched(search.searched())));
      }
    }
  }

  private void post(WorkunitResult.Builder builder) {
    WorkunitResult result = builder.setResultId(++lastResultId).build();
    outbox.put(result.getResultId(), result);
    tell(result);
  }

  void reportProgress() {
    inHand.forEach(
        (ref, search) ->
            tell(
                WorkunitProgress.newBuilder()
                    .setUnitId(ref.getUnitId())
                    .setLease(ref.getLease())
                    .setSearched(search.searched())
                    .setHashesPerSecond(hashesPerSecond)
                    .build()));
  }

  /** Searches no more; what it has found is still delivered. */
  void rest() {
    resting = true;
  }

  /** Loses its connection, as on a bad line. */
  void drop() {
    if (session != null && session.connection != null) {
      session.connection.drop();
    }
  }

  int unacknowledged() {
    return outbox.size();
  }

  long hashes() {
    return hashes;
  }

  boolean isConnected() {
    return session != null && session.ready;
  }

  /** As the database calls it. */
  String peer() {
    return id.toString();
  }

  Stream<HeldUnit> inHand() {
    return inHand.keySet().stream();
  }

  private void tell(MessageLite message) {
    if (session != null && session.ready && session.connection != null) {
      session.connection.send(message);
    }
  }

  /** All that is not acknowledged, then what is in hand, as the real worker does. */
  private void begin() {
    outbox.values().forEach(this::tell);
    WorkunitRequest.Builder request = WorkunitRequest.newBuilder().setDepth(DEPTH);
    Stream<HeldUnit> completed =
        outbox.values().stream().filter(WorkunitResult::hasCompleted).map(LoadWorker::ref);
    Stream.concat(inHand(), completed).forEach(request::addHeld);
    tell(request.build());
    reportProgress();
  }

  private static HeldUnit ref(WorkunitResult result) {
    return HeldUnit.newBuilder().setUnitId(result.getUnitId()).setLease(result.getLease()).build();
  }

  private void take(AssignedUnit unit) {
    witness.assigned(peer(), unit);
    Search search = new Search(unit);
    inHand.putIfAbsent(search.ref(), search);
  }

  private void settle(WorkunitAck ack) {
    WorkunitResult result = outbox.remove(ack.getResultId());
    if (result == null) {
      witness.settledAgain(peer(), ack);
    } else {
      witness.settled(peer(), result, ack);
    }
  }

  private void lose(CancelledUnit unit) {
    inHand.remove(
        HeldUnit.newBuilder().setUnitId(unit.getUnitId()).setLease(unit.getLease()).build());
  }

  /** One connection. */
  private final class Session implements WorkerListener {

    private @Nullable Connection connection;
    private boolean ready;

    @Override
    public void opened(Connection opened) {
      connection = opened;
      session = this;
      opened.send(
          Hello.newBuilder()
              .setNodeId(id.toByteString())
              .setName(name)
              .setSoftware("load/1")
              .setVersionMin(1)
              .setVersionMax(1)
              .build());
    }

    @Override
    public void helloReply(HelloReply reply) {
      ready = true;
      tell(
          Capabilities.newBuilder()
              .setCores(1)
              .setMiningThreads(1)
              .setMemoryTotalBytes(1L << 30)
              .setMemoryAvailableBytes(1L << 30)
              .setArchitecture("amd64")
              .addAlgorithms(
                  AlgorithmSupport.newBuilder()
                      .setAlgorithm(LoadFleet.ALGORITHM)
                      .setMode(Mode.MODE_LIGHT)
                      .setEngine("java")
                      .setMeasuredHashesPerSecond(hashesPerSecond))
              .build());
      begin();
    }

    @Override
    public void peerList(PeerList peers) {}

    @Override
    public void workunitAssign(WorkunitAssign assign) {
      assign.getUnitsList().forEach(LoadWorker.this::take);
    }

    @Override
    public void workunitAck(WorkunitAck ack) {
      settle(ack);
    }

    @Override
    public void workunitCancel(WorkunitCancel cancel) {
      cancel.getUnitsList().forEach(LoadWorker.this::lose);
    }

    @Override
    public void closed(Closure reason) {
      ready = false;
      session = null;
      disconnected.run();
    }
  }
}
