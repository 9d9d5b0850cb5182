package io.p2pmining.worker.work;

import io.p2pmining.common.wire.v1.WorkunitAck;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts shares since the worker started. Safe for use by any thread. */
public final class ShareCounts {

  private final LongAdder found = new LongAdder();
  private final LongAdder accepted = new LongAdder();
  private final LongAdder blocks = new LongAdder();
  private final Map<WorkunitAck.Rejection, LongAdder> rejected = new ConcurrentHashMap<>();

  ShareCounts() {}

  void found() {
    found.increment();
  }

  void judged(WorkunitAck ack) {
    switch (ack.getVerdict()) {
      case VERDICT_ACCEPTED -> accepted.increment();
      case VERDICT_BLOCK -> {
        accepted.increment();
        blocks.increment();
      }
      case VERDICT_REJECTED -> rejectedFor(ack.getRejection()).increment();
      case VERDICT_UNSPECIFIED, UNRECOGNIZED -> {
        // The rules of the protocol let no such acknowledgement in.
      }
    }
  }

  public long foundCount() {
    return found.sum();
  }

  /** Accepted shares, blocks among them. */
  public long acceptedCount() {
    return accepted.sum();
  }

  public long blockCount() {
    return blocks.sum();
  }

  public long rejectedCount(WorkunitAck.Rejection reason) {
    return rejectedFor(reason).sum();
  }

  public long rejectedCount() {
    return rejected.values().stream().mapToLong(LongAdder::sum).sum();
  }

  private LongAdder rejectedFor(WorkunitAck.Rejection reason) {
    return rejected.computeIfAbsent(reason, r -> new LongAdder());
  }
}
