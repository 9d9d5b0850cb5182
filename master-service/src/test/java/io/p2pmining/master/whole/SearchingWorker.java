package io.p2pmining.master.whole;

import com.google.protobuf.ByteString;
import io.p2pmining.common.wire.v1.AssignedUnit;
import io.p2pmining.common.wire.v1.FoundShare;
import io.p2pmining.common.wire.v1.Heartbeat;
import io.p2pmining.common.wire.v1.Mode;
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

/** A worker that says that it hashes, and finds a share when it is told to. */
final class SearchingWorker implements AutoCloseable {

  private static final double MEASURED = 2;

  private final ScriptedWorker worker;
  private final PreparedSeed seed;
  private final Hasher hasher;
  private final AssignedUnit unit;
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
    unit = worker.expect(WorkunitAssign.class).getUnits(0);
    nextNonce = Integer.toUnsignedLong(unit.getNonceStart());
  }

  /** Searches its unit for the next share and reports it. */
  WorkunitAck findShare() throws Exception {
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
        return report(nonce, hash);
      }
    }
    throw new AssertionError("no share in unit " + unit.getUnitId());
  }

  /** Reports a hash that is not that of any nonce. */
  WorkunitAck lie() throws Exception {
    byte[] invented = new byte[Hasher.HASH_LENGTH];
    invented[Hasher.HASH_LENGTH - 1] = 2;
    return report(nextNonce++, invented);
  }

  private WorkunitAck report(long nonce, byte[] hash) throws Exception {
    worker.send(
        WorkunitResult.newBuilder()
            .setResultId(nextResultId++)
            .setUnitId(unit.getUnitId())
            .setLease(unit.getLease())
            .setJobId(unit.getJob().getJobId())
            .setShare(
                FoundShare.newBuilder().setNonce((int) nonce).setHash(ByteString.copyFrom(hash)))
            .build());
    return worker.expect(WorkunitAck.class);
  }

  @Override
  public void close() {
    worker.close();
    hasher.close();
    seed.close();
  }
}
