package io.p2pmining.common.connection;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.p2pmining.common.Samples;
import io.p2pmining.common.wire.v1.AlgorithmSupport;
import io.p2pmining.common.wire.v1.AssignedUnit;
import io.p2pmining.common.wire.v1.CancelledUnit;
import io.p2pmining.common.wire.v1.Capabilities;
import io.p2pmining.common.wire.v1.Error;
import io.p2pmining.common.wire.v1.Goodbye;
import io.p2pmining.common.wire.v1.Heartbeat;
import io.p2pmining.common.wire.v1.HeldUnit;
import io.p2pmining.common.wire.v1.Hello;
import io.p2pmining.common.wire.v1.HelloReply;
import io.p2pmining.common.wire.v1.Mode;
import io.p2pmining.common.wire.v1.PeerAddress;
import io.p2pmining.common.wire.v1.PeerList;
import io.p2pmining.common.wire.v1.UnitFailed;
import io.p2pmining.common.wire.v1.WorkJob;
import io.p2pmining.common.wire.v1.WorkunitAck;
import io.p2pmining.common.wire.v1.WorkunitAssign;
import io.p2pmining.common.wire.v1.WorkunitCancel;
import io.p2pmining.common.wire.v1.WorkunitProgress;
import io.p2pmining.common.wire.v1.WorkunitRequest;
import io.p2pmining.common.wire.v1.WorkunitResult;
import java.util.Collections;
import java.util.List;

/** The largest message of each type that the field rules allow. */
final class LargestMessages {

  private static final long ID = -1L;
  private static final String NAME = "n".repeat(MessageRules.MAX_NAME_BYTES);
  private static final String KEYWORD = "k".repeat(MessageRules.MAX_KEYWORD_BYTES);
  private static final String DESCRIPTION = "d".repeat(MessageRules.MAX_DESCRIPTION_BYTES);
  private static final String SENTENCE = "s".repeat(MessageRules.MAX_SENTENCE_BYTES);
  private static final String HOST = "h".repeat(61) + (".h" + "o".repeat(61)).repeat(3);

  private LargestMessages() {}

  static List<MessageLite> all() {
    return List.of(
        hello(),
        helloReply(),
        capabilities(),
        peerList(),
        request(),
        assign(),
        progress(),
        result(),
        ack(),
        cancel(),
        heartbeat(),
        Goodbye.newBuilder().setReason(SENTENCE).setReturning(true).build(),
        Error.newBuilder().setCode(Error.Code.CODE_INTERNAL).setMessage(SENTENCE).build());
  }

  private static Hello hello() {
    return Samples.hello().toBuilder()
        .setName(NAME)
        .setSoftware(NAME)
        .setVersionMax(65_535)
        .setHttpPort(MessageRules.MAX_PORT)
        .build();
  }

  private static HelloReply helloReply() {
    return Samples.helloReply().toBuilder()
        .setName(NAME)
        .setSoftware(NAME)
        .setSessionId(NAME)
        .setHeartbeatIntervalMs((int) MessageRules.MAX_HEARTBEAT_MS)
        .setIdleTimeoutMs((int) MessageRules.MAX_IDLE_TIMEOUT_MS)
        .setMaxDepth(MessageRules.MAX_DEPTH)
        .build();
  }

  private static Capabilities capabilities() {
    AlgorithmSupport support =
        AlgorithmSupport.newBuilder()
            .setAlgorithm(KEYWORD)
            .setMode(Mode.MODE_FULL)
            .setEngine(KEYWORD)
            .setMeasuredHashesPerSecond(1)
            .build();
    return Capabilities.newBuilder()
        .setCores(MessageRules.MAX_CORES)
        .setMiningThreads(MessageRules.MAX_CORES)
        .setMemoryTotalBytes(Long.MAX_VALUE)
        .setMemoryAvailableBytes(Long.MAX_VALUE)
        .setCpuModel(DESCRIPTION)
        .setArchitecture(KEYWORD)
        .setOperatingSystem(DESCRIPTION)
        .setAes(true)
        .setAvx2(true)
        .setAvx512(true)
        .setL2CacheBytes(Long.MAX_VALUE)
        .setL3CacheBytes(Long.MAX_VALUE)
        .setHugePagesFree(Long.MAX_VALUE)
        .setHugePageSizeBytes(Long.MAX_VALUE)
        .addAllAlgorithms(Collections.nCopies(MessageRules.MAX_ALGORITHMS, support))
        .build();
  }

  private static PeerList peerList() {
    PeerAddress peer =
        PeerAddress.newBuilder()
            .setRole(PeerAddress.Role.ROLE_WORKER)
            .setNodeId(Samples.WORKER_ID)
            .setHost(HOST)
            .setPort(MessageRules.MAX_PORT)
            .build();
    return PeerList.newBuilder()
        .addAllPeers(Collections.nCopies(MessageRules.MAX_PEERS, peer))
        .build();
  }

  private static WorkunitRequest request() {
    HeldUnit unit = HeldUnit.newBuilder().setUnitId(ID).setLease(ID).build();
    return WorkunitRequest.newBuilder()
        .setDepth(MessageRules.MAX_DEPTH)
        .addAllHeld(Collections.nCopies(MessageRules.MAX_HELD, unit))
        .build();
  }

  static WorkunitAssign assign() {
    WorkJob job =
        WorkJob.newBuilder()
            .setJobId(NAME)
            .setAlgorithm(KEYWORD)
            .setBlob(ByteString.copyFrom(new byte[MessageRules.MAX_BLOB_BYTES]))
            .setSeedHash(ByteString.copyFrom(new byte[MessageRules.MAX_SEED_BYTES]))
            .setNonceOffset(MessageRules.MAX_BLOB_BYTES - MessageRules.NONCE_BYTES)
            .setHeight(Long.MAX_VALUE)
            .setNextSeedHash(ByteString.copyFrom(new byte[MessageRules.MAX_SEED_BYTES]))
            .build();
    AssignedUnit unit =
        Samples.unit().toBuilder()
            .setUnitId(ID)
            .setLease(ID)
            .setJob(job)
            .setNonceStart(-2)
            .setNonceCount(2)
            .setLeaseMs((int) MessageRules.MAX_LEASE_MS)
            .setTraceparent("00-" + "a".repeat(32) + "-" + "b".repeat(16) + "-01")
            .build();
    return WorkunitAssign.newBuilder()
        .addAllUnits(Collections.nCopies(MessageRules.MAX_DEPTH, unit))
        .build();
  }

  private static WorkunitProgress progress() {
    return WorkunitProgress.newBuilder()
        .setUnitId(ID)
        .setLease(ID)
        .setSearched(1L << 32)
        .setHashesPerSecond(1)
        .build();
  }

  private static WorkunitResult result() {
    return WorkunitResult.newBuilder()
        .setResultId(ID)
        .setUnitId(ID)
        .setLease(ID)
        .setJobId(NAME)
        .setFailed(UnitFailed.newBuilder().setSearched(1L << 32).setReason(DESCRIPTION))
        .build();
  }

  private static WorkunitAck ack() {
    return WorkunitAck.newBuilder()
        .setResultId(ID)
        .setVerdict(WorkunitAck.Verdict.VERDICT_REJECTED)
        .setRejection(WorkunitAck.Rejection.REJECTION_MALFORMED)
        .build();
  }

  private static WorkunitCancel cancel() {
    CancelledUnit unit = CancelledUnit.newBuilder().setUnitId(ID).setLease(ID).build();
    return WorkunitCancel.newBuilder()
        .addAllUnits(Collections.nCopies(MessageRules.MAX_CANCELLED, unit))
        .setReason(WorkunitCancel.Reason.REASON_JOB_ENDED)
        .build();
  }

  private static Heartbeat heartbeat() {
    return Heartbeat.newBuilder()
        .setSequence(ID)
        .setSentAtMs(ID)
        .setHashesPerSecond(1)
        .setHashesTotal(Long.MAX_VALUE)
        .setMemoryAvailableBytes(Long.MAX_VALUE)
        .setAlgorithm(KEYWORD)
        .setMode(Mode.MODE_FULL)
        .setState(Heartbeat.State.STATE_IDLE)
        .build();
  }
}
