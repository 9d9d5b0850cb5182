package io.p2pmining.common;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.p2pmining.common.wire.v1.AlgorithmSupport;
import io.p2pmining.common.wire.v1.AssignedUnit;
import io.p2pmining.common.wire.v1.CancelledUnit;
import io.p2pmining.common.wire.v1.Capabilities;
import io.p2pmining.common.wire.v1.Error;
import io.p2pmining.common.wire.v1.FoundShare;
import io.p2pmining.common.wire.v1.Goodbye;
import io.p2pmining.common.wire.v1.Heartbeat;
import io.p2pmining.common.wire.v1.HeldUnit;
import io.p2pmining.common.wire.v1.Hello;
import io.p2pmining.common.wire.v1.HelloReply;
import io.p2pmining.common.wire.v1.Mode;
import io.p2pmining.common.wire.v1.PeerAddress;
import io.p2pmining.common.wire.v1.PeerList;
import io.p2pmining.common.wire.v1.WorkJob;
import io.p2pmining.common.wire.v1.WorkunitAck;
import io.p2pmining.common.wire.v1.WorkunitAssign;
import io.p2pmining.common.wire.v1.WorkunitCancel;
import io.p2pmining.common.wire.v1.WorkunitProgress;
import io.p2pmining.common.wire.v1.WorkunitRequest;
import io.p2pmining.common.wire.v1.WorkunitResult;
import java.util.HexFormat;
import java.util.List;

/** One right message of every type, as a small cluster would send them. */
public final class Samples {

  public static final ByteString WORKER_ID = hex("000102030405060708090a0b0c0d0e0f");
  public static final ByteString MASTER_ID = hex("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff");

  /** A block hashing blob: 76 bytes, the nonce at offset 39. */
  private static final ByteString BLOB =
      hex(
          "1010c0ffeec00612345678901234567890123456789012345678901234567890"
              + "12345678901234000000005a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a"
              + "5a5a5a5a5a5a5a5a5a5a5a01");

  private Samples() {}

  public static Hello hello() {
    return Hello.newBuilder()
        .setNodeId(WORKER_ID)
        .setName("attic")
        .setSoftware("p2pmine 0.1.0")
        .setVersionMin(1)
        .setVersionMax(1)
        .setHttpPort(9741)
        .build();
  }

  public static HelloReply helloReply() {
    return HelloReply.newBuilder()
        .setNodeId(MASTER_ID)
        .setName("cellar")
        .setSoftware("p2pmine 0.1.0")
        .setVersion(1)
        .setSessionId("s-1")
        .setHeartbeatIntervalMs(5_000)
        .setIdleTimeoutMs(15_000)
        .setMaxDepth(4)
        .build();
  }

  public static Capabilities capabilities() {
    return Capabilities.newBuilder()
        .setCores(4)
        .setMiningThreads(4)
        .setMemoryTotalBytes(8L << 30)
        .setMemoryAvailableBytes(6L << 30)
        .setCpuModel("Example CPU")
        .setArchitecture("amd64")
        .setOperatingSystem("Linux")
        .setAes(true)
        .setAvx2(true)
        .addAlgorithms(
            AlgorithmSupport.newBuilder()
                .setAlgorithm("rx/0")
                .setMode(Mode.MODE_LIGHT)
                .setEngine("interpreter")
                .setMeasuredHashesPerSecond(40.5))
        .build();
  }

  public static PeerList peerList() {
    return PeerList.newBuilder()
        .addPeers(
            PeerAddress.newBuilder()
                .setRole(PeerAddress.Role.ROLE_MASTER)
                .setNodeId(MASTER_ID)
                .setHost("192.0.2.7")
                .setPort(9740))
        .build();
  }

  public static WorkunitRequest request() {
    return WorkunitRequest.newBuilder()
        .setDepth(2)
        .addHeld(HeldUnit.newBuilder().setUnitId(6).setLease(60))
        .build();
  }

  public static AssignedUnit unit() {
    return AssignedUnit.newBuilder()
        .setUnitId(7)
        .setLease(70)
        .setJob(
            WorkJob.newBuilder()
                .setJobId("j-1")
                .setAlgorithm("rx/0")
                .setBlob(BLOB)
                .setSeedHash(hex("ab".repeat(32)))
                .setNonceOffset(39)
                .setHeight(3_000_000))
        .setNonceStart(0xFFFFFF00)
        .setNonceCount(256)
        .setShareTarget(hex("ff".repeat(30) + "0f00"))
        .setLeaseMs(60_000)
        .build();
  }

  public static WorkunitAssign assign() {
    return WorkunitAssign.newBuilder().addUnits(unit()).build();
  }

  public static WorkunitProgress progress() {
    return WorkunitProgress.newBuilder()
        .setUnitId(7)
        .setLease(70)
        .setSearched(128)
        .setHashesPerSecond(40.5)
        .build();
  }

  public static WorkunitResult result() {
    return WorkunitResult.newBuilder()
        .setResultId(1)
        .setUnitId(7)
        .setLease(70)
        .setJobId("j-1")
        .setShare(FoundShare.newBuilder().setNonce(0xFFFFFF2A).setHash(hex("11".repeat(32))))
        .build();
  }

  public static WorkunitAck ack() {
    return WorkunitAck.newBuilder()
        .setResultId(1)
        .setVerdict(WorkunitAck.Verdict.VERDICT_ACCEPTED)
        .build();
  }

  public static WorkunitCancel cancel() {
    return WorkunitCancel.newBuilder()
        .addUnits(CancelledUnit.newBuilder().setUnitId(7).setLease(70))
        .setReason(WorkunitCancel.Reason.REASON_OBSOLETE)
        .build();
  }

  public static Heartbeat heartbeat() {
    return Heartbeat.newBuilder()
        .setSequence(1)
        .setSentAtMs(1_790_000_000_000L)
        .setHashesPerSecond(40.5)
        .setHashesTotal(12_345)
        .setMemoryAvailableBytes(6L << 30)
        .setAlgorithm("rx/0")
        .setMode(Mode.MODE_LIGHT)
        .setState(Heartbeat.State.STATE_MINING)
        .build();
  }

  public static Goodbye goodbye() {
    return Goodbye.newBuilder().setReason("restarting").setReturning(true).build();
  }

  public static Error error() {
    return Error.newBuilder().setCode(Error.Code.CODE_BUSY).setMessage("try later").build();
  }

  /** One message of each type, in the order of their numbers. */
  public static List<MessageLite> all() {
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
        goodbye(),
        error());
  }

  public static ByteString hex(String hex) {
    return ByteString.copyFrom(HexFormat.of().parseHex(hex));
  }
}
