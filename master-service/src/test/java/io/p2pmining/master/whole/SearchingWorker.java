package io.p2pmining.master.whole;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.p2pmining.common.wire.v1.AssignedUnit;
import io.p2pmining.common.wire.v1.FoundShare;
import io.p2pmining.common.wire.v1.Heartbeat;
import io.p2pmining.common.wire.v1.Mode;
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
import io.p2pmining.master.session.ScriptedWorker;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/** A worker that says that it hashes, and finds a share when it is told to. */
final class SearchingWorker implements AutoCloseable {

  private static final double MEASURED = 2;
  private static final int MAX_UNITS = 100;
  private static final int MAX_SHARES = 1000;
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final ScriptedWorker worker;
  private final PreparedSeed seed;
  private final Hasher hasher;
  private final Queue<AssignedUnit> assigned = new ArrayDeque<>();
  private AssignedUnit unit = AssignedUnit.getDefaultInstance();
  private long nextNonce;
  private long nextResultId = 1;

  /** With so low a rate, shares are easy. */
  SearchingWorker(InetSocketAddress master, int id, String name, double rate) throws Exception {
    seed =
        PowAlgorithms.load()
            .find("sha256d")
            .orElseThrow()
            .prepare(new byte[0], HashingMode.LIGHT, Preparation.onThreads(1));
    hasher = seed.newHasher();
    worker = ScriptedWorker.join(master, ScriptedWorker.id(id), name, MEASURED);
    worker.beatWith(
        Heartbeat.newBuilder()
            .setState(Heartbeat.State.STATE_MINING)
            .setAlgorithm("sha256d")
            .setMode(Mode.MODE_LIGHT)
            .setHashesPerSecond(rate)
            .setHashesTotal(1)
            .build());
    worker.send(WorkunitRequest.newBuilder().setDepth(1).build());
    take();
  }

  /**
   * Searches on, through as many units as it takes, and reports the next share that nobody was
   * credited for: units come back from workers that left.
   */
  WorkunitAck findShare() throws Exception {
    for (int i = 0; i < MAX_UNITS; i++) {
      Optional<WorkunitAck> ack = searchUnit();
      while (ack.isPresent()) {
        if (ack.get().getVerdict() != WorkunitAck.Verdict.VERDICT_REJECTED) {
          return ack.get();
        }
        ack = searchUnit();
      }
      report(UnitCompleted.newBuilder().setSearched(unit.getNonceCount()).build());
      take();
    }
    throw new AssertionError("no share in " + MAX_UNITS + " units");
  }

  /** Reports shares until one is a block. */
  void findBlock() throws Exception {
    for (int i = 0; i < MAX_SHARES; i++) {
      if (findShare().getVerdict() == WorkunitAck.Verdict.VERDICT_BLOCK) {
        return;
      }
    }
    throw new AssertionError("no block in " + MAX_SHARES + " shares");
  }

  private void take() throws Exception {
    while (assigned.isEmpty()) {
      receive();
    }
    unit = assigned.remove();
    nextNonce = Integer.toUnsignedLong(unit.getNonceStart());
  }

  private Optional<WorkunitAck> searchUnit() throws Exception {
    Target target = Target.ofLittleEndian(unit.getShareTarget().toByteArray());
    byte[] blob = unit.getJob().getBlob().toByteArray();
    byte[] hash = new byte[Hasher.HASH_LENGTH];
    long end = Integer.toUnsignedLong(unit.getNonceStart()) + unit.getNonceCount();
    while (nextNonce < end) {
      long nonce = nextNonce++;
      for (int i = 0; i < 4; i++) {
        blob[unit.getJob().getNonceOffset() + i] = (byte) (nonce >>> (8 * i));
      }
      hasher.hash(blob, blob.length, hash);
      if (target.isMetBy(hash)) {
        return Optional.of(report(nonce, hash));
      }
    }
    return Optional.empty();
  }

  /** Reports a hash that is not that of any nonce. */
  WorkunitAck lie() throws Exception {
    byte[] invented = new byte[Hasher.HASH_LENGTH];
    invented[Hasher.HASH_LENGTH - 1] = 2;
    return report(nextNonce++, invented);
  }

  private WorkunitAck report(long nonce, byte[] hash) throws Exception {
    return send(
        result()
            .setShare(
                FoundShare.newBuilder().setNonce((int) nonce).setHash(ByteString.copyFrom(hash))));
  }

  private WorkunitAck report(UnitCompleted completed) throws Exception {
    return send(result().setCompleted(completed));
  }

  private WorkunitResult.Builder result() {
    return WorkunitResult.newBuilder()
        .setResultId(nextResultId++)
        .setUnitId(unit.getUnitId())
        .setLease(unit.getLease())
        .setJobId(unit.getJob().getJobId());
  }

  private WorkunitAck send(WorkunitResult.Builder result) throws Exception {
    worker.send(result.build());
    MessageLite message = receive();
    while (!(message instanceof WorkunitAck)) {
      message = receive();
    }
    return (WorkunitAck) message;
  }

  /** The next message; units that it assigns are kept, for they come when the master likes. */
  private MessageLite receive() throws Exception {
    MessageLite message =
        worker.poll(LIMIT).orElseThrow(() -> new AssertionError("the master says nothing"));
    if (message instanceof WorkunitAssign assign) {
      assigned.addAll(assign.getUnitsList());
    }
    return message;
  }

  @Override
  public void close() {
    worker.close();
    hasher.close();
    seed.close();
  }
}
