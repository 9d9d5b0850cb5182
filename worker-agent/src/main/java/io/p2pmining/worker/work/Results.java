package io.p2pmining.worker.work;

import com.google.protobuf.ByteString;
import io.p2pmining.common.wire.v1.FoundShare;
import io.p2pmining.common.wire.v1.UnitCompleted;
import io.p2pmining.common.wire.v1.UnitFailed;
import io.p2pmining.common.wire.v1.WorkunitResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes results with ids that no other result of this node has, not even of a former process: they
 * count from the time at which this process started, in milliseconds times 2²⁰. A process would
 * have to report a million results a millisecond, or start with a clock set back and without what
 * it had in hand, to meet the ids of another one. Safe for use by any thread.
 */
final class Results {

  private static final int ID_BITS_PER_MS = 20;

  /** What the protocol allows for a reason. */
  private static final int MAX_REASON_BYTES = 256;

  private final AtomicLong nextId;

  Results(InstantSource clock) {
    this.nextId = new AtomicLong(clock.millis() << ID_BITS_PER_MS);
  }

  /** Leaves the ids alone that these results have, and those before them. */
  void startAfter(List<WorkunitResult> earlier) {
    for (WorkunitResult result : earlier) {
      nextId.accumulateAndGet(result.getResultId() + 1, Math::max);
    }
  }

  WorkunitResult share(LeasedUnit unit, long nonce, byte[] hash) {
    return result(unit.ref(), unit.jobId())
        .setShare(FoundShare.newBuilder().setNonce((int) nonce).setHash(ByteString.copyFrom(hash)))
        .build();
  }

  WorkunitResult completed(LeasedUnit unit, long searched, Duration elapsed) {
    return result(unit.ref(), unit.jobId())
        .setCompleted(
            UnitCompleted.newBuilder().setSearched(searched).setElapsedMs(elapsed.toMillis()))
        .build();
  }

  WorkunitResult failed(UnitRef ref, String jobId, long searched, String reason) {
    return result(ref, jobId)
        .setFailed(UnitFailed.newBuilder().setSearched(searched).setReason(shorten(reason)))
        .build();
  }

  private WorkunitResult.Builder result(UnitRef ref, String jobId) {
    return WorkunitResult.newBuilder()
        .setResultId(nextId.getAndIncrement())
        .setUnitId(ref.unitId())
        .setLease(ref.lease())
        .setJobId(jobId);
  }

  /** ASCII without control characters, which the protocol takes, and not too long. */
  private static String shorten(String reason) {
    String ascii =
        new String(reason.getBytes(StandardCharsets.US_ASCII), StandardCharsets.US_ASCII)
            .replaceAll("[^ -~]", " ");
    return ascii.substring(0, Math.min(MAX_REASON_BYTES, ascii.length()));
  }
}
