package io.p2pmining.worker.work;

import com.google.protobuf.ByteString;
import io.p2pmining.common.wire.v1.AssignedUnit;
import io.p2pmining.common.wire.v1.CancelledUnit;
import io.p2pmining.common.wire.v1.NoWork;
import io.p2pmining.common.wire.v1.WorkJob;
import io.p2pmining.common.wire.v1.WorkunitAck;
import io.p2pmining.common.wire.v1.WorkunitAssign;
import io.p2pmining.common.wire.v1.WorkunitCancel;
import io.p2pmining.common.wire.v1.WorkunitResult;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.PowAlgorithms;
import io.p2pmining.core.pow.Target;
import io.p2pmining.worker.machine.AlgorithmCatalog;
import java.util.List;

/** What a master sends, for tests: units of a job of 80 bytes with the nonce at 76. */
public final class Units {

  public static final int NONCE_OFFSET = 76;
  public static final byte[] BLOB = new byte[80];

  /** No test finds a share of this difficulty. */
  public static final long NEVER = Long.MAX_VALUE;

  /** More nonces than any test searches. */
  public static final long ENDLESS = 1L << 31;

  private static final int LEASE_MS = 60_000;

  private Units() {}

  /** All algorithms in light mode. */
  static AlgorithmCatalog catalog() {
    return new AlgorithmCatalog(PowAlgorithms.load(), HashingMode.LIGHT);
  }

  public static AssignedUnit.Builder unit(long id, String algorithm, long count, long difficulty) {
    return AssignedUnit.newBuilder()
        .setUnitId(id)
        .setLease(id * 1000)
        .setJob(
            WorkJob.newBuilder()
                .setJobId("job-1")
                .setAlgorithm(algorithm)
                .setBlob(ByteString.copyFrom(BLOB))
                .setNonceOffset(NONCE_OFFSET)
                .setHeight(1))
        .setNonceStart(0)
        .setNonceCount(count)
        .setShareTarget(ByteString.copyFrom(Target.forDifficulty(difficulty).toLittleEndian()))
        .setLeaseMs(LEASE_MS);
  }

  /** A unit of sha256d. */
  public static WorkunitAssign assign(long id, long count, long difficulty) {
    return assign(unit(id, "sha256d", count, difficulty));
  }

  public static WorkunitAssign assign(AssignedUnit.Builder unit) {
    return WorkunitAssign.newBuilder().addUnits(unit).build();
  }

  public static WorkunitAssign noWork(NoWork.Reason reason, String detail) {
    return WorkunitAssign.newBuilder()
        .setNoWork(NoWork.newBuilder().setReason(reason).setDetail(detail))
        .build();
  }

  public static WorkunitCancel cancel(long id) {
    return WorkunitCancel.newBuilder()
        .setReason(WorkunitCancel.Reason.REASON_OBSOLETE)
        .addUnits(CancelledUnit.newBuilder().setUnitId(id).setLease(id * 1000))
        .build();
  }

  public static WorkunitAck accept(WorkunitResult result) {
    return WorkunitAck.newBuilder()
        .setResultId(result.getResultId())
        .setVerdict(WorkunitAck.Verdict.VERDICT_ACCEPTED)
        .build();
  }

  public static WorkunitAck reject(WorkunitResult result, WorkunitAck.Rejection reason) {
    return WorkunitAck.newBuilder()
        .setResultId(result.getResultId())
        .setVerdict(WorkunitAck.Verdict.VERDICT_REJECTED)
        .setRejection(reason)
        .build();
  }

  /** The nonces of the shares among these results, in order. */
  public static List<Integer> nonces(List<WorkunitResult> results) {
    return results.stream()
        .filter(WorkunitResult::hasShare)
        .map(result -> result.getShare().getNonce())
        .sorted()
        .toList();
  }
}
