package io.p2pmining.master.session;

import com.google.protobuf.ByteString;
import io.p2pmining.common.connection.MessageRules;
import io.p2pmining.common.trace.TraceContext;
import io.p2pmining.common.wire.v1.AssignedUnit;
import io.p2pmining.common.wire.v1.CancelledUnit;
import io.p2pmining.common.wire.v1.FoundShare;
import io.p2pmining.common.wire.v1.HeldUnit;
import io.p2pmining.common.wire.v1.NoWork;
import io.p2pmining.common.wire.v1.UnitCompleted;
import io.p2pmining.common.wire.v1.UnitFailed;
import io.p2pmining.common.wire.v1.WorkJob;
import io.p2pmining.common.wire.v1.WorkunitAck;
import io.p2pmining.common.wire.v1.WorkunitAssign;
import io.p2pmining.common.wire.v1.WorkunitCancel;
import io.p2pmining.common.wire.v1.WorkunitRequest;
import io.p2pmining.common.wire.v1.WorkunitResult;
import io.p2pmining.common.work.Bytes;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.work.Assignment;
import io.p2pmining.master.work.CancelReason;
import io.p2pmining.master.work.NoWorkReason;
import io.p2pmining.master.work.Rejection;
import io.p2pmining.master.work.UnitRef;
import io.p2pmining.master.work.Verdict;
import io.p2pmining.master.work.WorkResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Work as messages, and messages as work. The protocol's rules judge the fields of both. */
final class WorkMessages {

  private record EncodedJob(Job job, WorkJob message) {}

  private static volatile @Nullable EncodedJob lastEncoded;

  private WorkMessages() {}

  /** One message for every {@link MessageRules#MAX_DEPTH} units. */
  static List<WorkunitAssign> assign(List<Assignment> assignments) {
    return portions(
        assignments,
        MessageRules.MAX_DEPTH,
        some -> {
          WorkunitAssign.Builder message = WorkunitAssign.newBuilder();
          some.forEach(assignment -> message.addUnits(unit(assignment)));
          return message.build();
        });
  }

  /** Without streams: they cost more than what they carry. */
  private static <T, M> List<M> portions(List<T> all, int most, Function<List<T>, M> message) {
    List<M> messages = new ArrayList<>(1);
    for (int start = 0; start < all.size(); start += most) {
      messages.add(message.apply(all.subList(start, Math.min(all.size(), start + most))));
    }
    return messages;
  }

  private static AssignedUnit unit(Assignment assignment) {
    AssignedUnit.Builder unit = AssignedUnit.newBuilder();
    TraceContext trace = assignment.trace();
    if (trace != null) {
      unit.setTraceparent(trace.toString());
    }
    return unit.setUnitId(assignment.ref().unitId())
        .setLease(assignment.ref().lease())
        .setJob(job(assignment.job()))
        .setNonceStart((int) assignment.range().start())
        .setNonceCount(assignment.range().count())
        .setShareTarget(ByteString.copyFrom(assignment.shareTarget().toLittleEndian()))
        .setLeaseMs(Math.toIntExact(assignment.leaseTime().toMillis()))
        .build();
  }

  /** All workers are told of the same few jobs. */
  @SuppressWarnings("ReferenceEquality") // another object is only encoded once more
  private static WorkJob job(Job job) {
    EncodedJob known = lastEncoded;
    if (known == null || known.job != job) {
      known = new EncodedJob(job, encode(job));
      lastEncoded = known;
    }
    return known.message;
  }

  private static WorkJob encode(Job job) {
    return WorkJob.newBuilder()
        .setJobId(job.id())
        .setAlgorithm(job.algorithm())
        .setBlob(bytes(job.blob()))
        .setSeedHash(bytes(job.seedHash()))
        .setNonceOffset(job.nonceOffset())
        .setHeight(job.height())
        .setNextSeedHash(bytes(job.nextSeedHash()))
        .build();
  }

  private static ByteString bytes(Bytes bytes) {
    return ByteString.copyFrom(bytes.toArray());
  }

  static WorkunitAssign noWork(NoWorkReason reason, String detail) {
    NoWork.Reason code =
        switch (reason) {
          case NO_JOB -> NoWork.Reason.REASON_NO_JOB;
          case SOURCE_DOWN -> NoWork.Reason.REASON_SOURCE_DOWN;
          case UNSUPPORTED_ALGORITHM -> NoWork.Reason.REASON_UNSUPPORTED_ALGORITHM;
          case DRAINING -> NoWork.Reason.REASON_DRAINING;
        };
    return WorkunitAssign.newBuilder()
        .setNoWork(NoWork.newBuilder().setReason(code).setDetail(clipped(detail)))
        .build();
  }

  /** The beginning of a text, as long as the protocol allows. */
  private static String clipped(String text) {
    int most = text.length();
    while (text.substring(0, most).getBytes(StandardCharsets.UTF_8).length
        > MessageRules.MAX_DESCRIPTION_BYTES) {
      most = text.offsetByCodePoints(most, -1);
    }
    return text.substring(0, most);
  }

  /** One message for every {@link MessageRules#MAX_CANCELLED} units. */
  static List<WorkunitCancel> cancel(List<UnitRef> units, CancelReason reason) {
    WorkunitCancel.Reason code =
        switch (reason) {
          case OBSOLETE -> WorkunitCancel.Reason.REASON_OBSOLETE;
          case LEASE_LOST -> WorkunitCancel.Reason.REASON_LEASE_LOST;
          case JOB_ENDED -> WorkunitCancel.Reason.REASON_JOB_ENDED;
        };
    return portions(
        units,
        MessageRules.MAX_CANCELLED,
        some -> {
          WorkunitCancel.Builder message = WorkunitCancel.newBuilder().setReason(code);
          some.forEach(
              ref ->
                  message.addUnits(
                      CancelledUnit.newBuilder().setUnitId(ref.unitId()).setLease(ref.lease())));
          return message.build();
        });
  }

  static WorkunitAck acknowledge(long resultId, Verdict verdict) {
    WorkunitAck.Builder ack = WorkunitAck.newBuilder().setResultId(resultId);
    return switch (verdict) {
      case Verdict.Accepted accepted ->
          ack.setVerdict(WorkunitAck.Verdict.VERDICT_ACCEPTED).build();
      case Verdict.FoundBlock block -> ack.setVerdict(WorkunitAck.Verdict.VERDICT_BLOCK).build();
      case Verdict.Rejected(Rejection reason) ->
          ack.setVerdict(WorkunitAck.Verdict.VERDICT_REJECTED)
              .setRejection(rejection(reason))
              .build();
    };
  }

  private static WorkunitAck.Rejection rejection(Rejection reason) {
    return switch (reason) {
      case BAD_HASH -> WorkunitAck.Rejection.REJECTION_BAD_HASH;
      case LOW_DIFFICULTY -> WorkunitAck.Rejection.REJECTION_LOW_DIFFICULTY;
      case DUPLICATE -> WorkunitAck.Rejection.REJECTION_DUPLICATE;
      case STALE -> WorkunitAck.Rejection.REJECTION_STALE;
      case OUT_OF_RANGE -> WorkunitAck.Rejection.REJECTION_OUT_OF_RANGE;
      case UNKNOWN_UNIT -> WorkunitAck.Rejection.REJECTION_UNKNOWN_UNIT;
      case MALFORMED -> WorkunitAck.Rejection.REJECTION_MALFORMED;
    };
  }

  static List<UnitRef> held(WorkunitRequest request) {
    return request.getHeldList().stream().map(WorkMessages::ref).toList();
  }

  private static UnitRef ref(HeldUnit unit) {
    return new UnitRef(unit.getUnitId(), unit.getLease());
  }

  static WorkResult result(WorkunitResult message) {
    long id = message.getResultId();
    UnitRef ref = new UnitRef(message.getUnitId(), message.getLease());
    return switch (message.getOutcomeCase()) {
      case SHARE -> share(id, ref, message.getJobId(), message.getShare());
      case COMPLETED -> completed(id, ref, message.getCompleted());
      case FAILED -> failed(id, ref, message.getFailed());
      case OUTCOME_NOT_SET -> throw new IllegalStateException("a rule let through result=" + id);
    };
  }

  private static WorkResult share(long id, UnitRef ref, String jobId, FoundShare share) {
    return new WorkResult.ShareFound(
        id,
        ref,
        jobId,
        Integer.toUnsignedLong(share.getNonce()),
        Bytes.copyOf(share.getHash().toByteArray()));
  }

  private static WorkResult completed(long id, UnitRef ref, UnitCompleted unit) {
    return new WorkResult.RangeCompleted(
        id, ref, unit.getSearched(), Duration.ofMillis(unit.getElapsedMs()));
  }

  private static WorkResult failed(long id, UnitRef ref, UnitFailed unit) {
    return new WorkResult.RangeFailed(id, ref, unit.getSearched(), unit.getReason());
  }
}
