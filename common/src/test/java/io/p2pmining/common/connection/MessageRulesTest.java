package io.p2pmining.common.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.p2pmining.common.Samples;
import io.p2pmining.common.frame.MessageType;
import io.p2pmining.common.frame.ProtocolException;
import io.p2pmining.common.wire.v1.AlgorithmSupport;
import io.p2pmining.common.wire.v1.AssignedUnit;
import io.p2pmining.common.wire.v1.Capabilities;
import io.p2pmining.common.wire.v1.Error;
import io.p2pmining.common.wire.v1.FoundShare;
import io.p2pmining.common.wire.v1.HeldUnit;
import io.p2pmining.common.wire.v1.NoWork;
import io.p2pmining.common.wire.v1.PeerAddress;
import io.p2pmining.common.wire.v1.PeerList;
import io.p2pmining.common.wire.v1.UnitCompleted;
import io.p2pmining.common.wire.v1.UnitFailed;
import io.p2pmining.common.wire.v1.WorkJob;
import io.p2pmining.common.wire.v1.WorkunitAck;
import io.p2pmining.common.wire.v1.WorkunitAssign;
import io.p2pmining.common.wire.v1.WorkunitRequest;
import io.p2pmining.common.wire.v1.WorkunitResult;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MessageRulesTest {

  private static final ByteString ZERO_32 = ByteString.copyFrom(new byte[32]);

  static List<MessageLite> right() {
    return Samples.all();
  }

  static List<MessageLite> largest() {
    return LargestMessages.all();
  }

  @ParameterizedTest
  @MethodSource("right")
  void allowsWhatClustersSend(MessageLite message) {
    assertThatCode(() -> MessageRules.check(message)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("largest")
  void largestMessageFitsItsFrameWithRoomToGrow(MessageLite message) {
    assertThatCode(() -> MessageRules.check(message)).doesNotThrowAnyException();
    int limit = MessageType.of(message).payloadLimitBytes();
    assertThat(message.getSerializedSize()).isLessThan(limit * 7 / 8);
  }

  @Test
  void everyTypeHasRules() {
    assertThat(Samples.all().stream().map(MessageType::of))
        .containsExactlyElementsOf(
            Stream.of(MessageType.values()).filter(type -> !type.isReserved()).toList());
  }

  @ParameterizedTest(name = "{0} {2}")
  @MethodSource("wrong")
  void namesTheFieldThatIsWrong(String field, MessageLite message, int index) {
    assertThatThrownBy(() -> MessageRules.check(message))
        .isInstanceOfSatisfying(
            ProtocolException.class,
            fault -> {
              assertThat(fault.violation().code()).isEqualTo(Error.Code.CODE_MALFORMED);
              assertThat(fault.violation().detail()).startsWith(field + " ");
            });
  }

  static Stream<Arguments> wrong() {
    int[] index = {0};
    return Stream.of(
            handshake(), capabilities(), peers(), units(), jobs(), results(), acks(), others())
        .flatMap(cases -> cases)
        .map(wrong -> arguments(wrong.field(), wrong.message(), index[0]++));
  }

  private record Wrong(String field, MessageLite message) {}

  private static Wrong wrong(String field, MessageLite.Builder message) {
    return new Wrong(field, message.build());
  }

  private static Stream<Wrong> handshake() {
    return Stream.of(
        wrong("node_id", Samples.hello().toBuilder().clearNodeId()),
        wrong("node_id", Samples.hello().toBuilder().setNodeId(ZERO_32)),
        wrong("node_id", Samples.hello().toBuilder().setNodeId(ZERO_32.substring(0, 16))),
        wrong("name", Samples.hello().toBuilder().setName("n".repeat(65))),
        wrong("name", Samples.hello().toBuilder().setName("é".repeat(33))),
        wrong("name", Samples.hello().toBuilder().setName("a\nWARN b")),
        wrong("name", Samples.hello().toBuilder().setName("a\u202eb")),
        wrong("software", Samples.hello().toBuilder().setSoftware("\u001b[31m")),
        wrong("version_min", Samples.hello().toBuilder().setVersionMin(0)),
        wrong("version_max", Samples.hello().toBuilder().setVersionMax(0)),
        wrong("version_max", Samples.hello().toBuilder().setVersionMax(65_536)),
        wrong("http_port", Samples.hello().toBuilder().setHttpPort(65_536)),
        wrong("http_port", Samples.hello().toBuilder().setHttpPort(-1)),
        wrong("version", Samples.helloReply().toBuilder().setVersion(0)),
        wrong("node_id", Samples.helloReply().toBuilder().clearNodeId()),
        wrong("session_id", Samples.helloReply().toBuilder().clearSessionId()),
        wrong("heartbeat_interval_ms", Samples.helloReply().toBuilder().setHeartbeatIntervalMs(0)),
        wrong("idle_timeout_ms", Samples.helloReply().toBuilder().setIdleTimeoutMs(9_999)),
        wrong("idle_timeout_ms", Samples.helloReply().toBuilder().setIdleTimeoutMs(-1)),
        wrong("max_depth", Samples.helloReply().toBuilder().setMaxDepth(0)),
        wrong("max_depth", Samples.helloReply().toBuilder().setMaxDepth(17)));
  }

  private static Stream<Wrong> capabilities() {
    return Stream.of(
        wrong("cores", Samples.capabilities().toBuilder().setCores(0)),
        wrong("cores", Samples.capabilities().toBuilder().setCores(1 << 16)),
        wrong("memory_total_bytes", Samples.capabilities().toBuilder().setMemoryTotalBytes(-1)),
        wrong("cpu_model", Samples.capabilities().toBuilder().setCpuModel("c".repeat(257))),
        wrong(
            "algorithms",
            Samples.capabilities().toBuilder()
                .addAllAlgorithms(
                    Collections.nCopies(32, Samples.capabilities().getAlgorithms(0)))),
        wrong(
            "algorithms.algorithm", withAlgorithm().setAlgorithms(0, algorithm().clearAlgorithm())),
        wrong("algorithms.mode", withAlgorithm().setAlgorithms(0, algorithm().clearMode())),
        wrong("algorithms.mode", withAlgorithm().setAlgorithms(0, algorithm().setModeValue(9))),
        wrong(
            "algorithms.measured_hashes_per_second",
            withAlgorithm().setAlgorithms(0, algorithm().setMeasuredHashesPerSecond(-0.5))),
        wrong(
            "algorithms.measured_hashes_per_second",
            withAlgorithm()
                .setAlgorithms(
                    0, algorithm().setMeasuredHashesPerSecond(Double.POSITIVE_INFINITY))));
  }

  private static Capabilities.Builder withAlgorithm() {
    return Samples.capabilities().toBuilder();
  }

  private static AlgorithmSupport.Builder algorithm() {
    return Samples.capabilities().getAlgorithms(0).toBuilder();
  }

  private static Stream<Wrong> peers() {
    return Stream.of(
        wrong("peers", list(Collections.nCopies(129, peer().build()))),
        wrong("peers.role", list(peer().clearRole())),
        wrong("peers.role", list(peer().setRoleValue(7))),
        wrong("peers.node_id", list(peer().clearNodeId())),
        wrong("peers.host", list(peer().clearHost())),
        wrong("peers.host", list(peer().setHost("127.1"))),
        wrong("peers.host", list(peer().setHost("a".repeat(254)))),
        wrong("peers.port", list(peer().setPort(0))),
        wrong("peers.port", list(peer().setPort(65_536))));
  }

  private static PeerAddress.Builder peer() {
    return Samples.peerList().getPeers(0).toBuilder();
  }

  private static PeerList.Builder list(PeerAddress.Builder peer) {
    return PeerList.newBuilder().addPeers(peer);
  }

  private static PeerList.Builder list(List<PeerAddress> peers) {
    return PeerList.newBuilder().addAllPeers(peers);
  }

  private static Stream<Wrong> units() {
    NoWork.Builder noWork = NoWork.newBuilder().setReason(NoWork.Reason.REASON_NO_JOB);
    return Stream.of(
        wrong("depth", WorkunitRequest.newBuilder().setDepth(17)),
        wrong("held", request(Collections.nCopies(65, HeldUnit.getDefaultInstance()))),
        wrong("held.unit_id", request(List.of(HeldUnit.newBuilder().setLease(1).build()))),
        wrong("held.lease", request(List.of(HeldUnit.newBuilder().setUnitId(1).build()))),
        wrong("units", WorkunitAssign.newBuilder()),
        wrong(
            "units",
            WorkunitAssign.newBuilder().addAllUnits(Collections.nCopies(17, Samples.unit()))),
        wrong("no_work", Samples.assign().toBuilder().setNoWork(noWork)),
        wrong("no_work.reason", WorkunitAssign.newBuilder().setNoWork(NoWork.getDefaultInstance())),
        wrong(
            "no_work.detail",
            WorkunitAssign.newBuilder().setNoWork(noWork.clone().setDetail("d".repeat(257)))),
        wrong("units.unit_id", assign(unit().clearUnitId())),
        wrong("units.lease", assign(unit().clearLease())),
        wrong("units.nonce_count", assign(unit().setNonceCount(0))),
        wrong("units.nonce_count", assign(unit().setNonceCount(257))),
        wrong("units.nonce_count", assign(unit().setNonceStart(0).setNonceCount((1L << 32) + 1))),
        wrong("units.nonce_count", assign(unit().setNonceCount(-1))),
        wrong("units.share_target", assign(unit().clearShareTarget())),
        wrong("units.share_target", assign(unit().setShareTarget(ZERO_32))),
        wrong("units.lease_ms", assign(unit().setLeaseMs(0))),
        wrong("units.lease_ms", assign(unit().setLeaseMs(86_400_001))),
        wrong("units.traceparent", assign(unit().setTraceparent("x".repeat(55)))),
        wrong("units.traceparent", assign(unit().setTraceparent("0".repeat(4096)))),
        wrong("units.job", assign(unit().clearJob())));
  }

  private static WorkunitRequest.Builder request(List<HeldUnit> held) {
    return WorkunitRequest.newBuilder().setDepth(1).addAllHeld(held);
  }

  private static Stream<Wrong> jobs() {
    return Stream.of(
        wrong("units.job.job_id", assign(unit().setJob(job().clearJobId()))),
        wrong("units.job.algorithm", assign(unit().setJob(job().clearAlgorithm()))),
        wrong("units.job.blob", assign(unit().setJob(job().clearBlob()))),
        wrong(
            "units.job.blob",
            assign(unit().setJob(job().setBlob(ByteString.copyFrom(new byte[4097]))))),
        wrong("units.job.nonce_offset", assign(unit().setJob(job().setNonceOffset(73)))),
        wrong("units.job.nonce_offset", assign(unit().setJob(job().setNonceOffset(-1)))),
        wrong(
            "units.job.seed_hash",
            assign(unit().setJob(job().setSeedHash(ByteString.copyFrom(new byte[65]))))),
        wrong(
            "units.job.next_seed_hash",
            assign(unit().setJob(job().setNextSeedHash(ByteString.copyFrom(new byte[65]))))),
        wrong("units.job.height", assign(unit().setJob(job().setHeight(-1)))));
  }

  private static AssignedUnit.Builder unit() {
    return Samples.unit().toBuilder();
  }

  private static WorkJob.Builder job() {
    return Samples.unit().getJob().toBuilder();
  }

  private static WorkunitAssign.Builder assign(AssignedUnit.Builder unit) {
    return WorkunitAssign.newBuilder().addUnits(unit);
  }

  private static Stream<Wrong> results() {
    return Stream.of(
        wrong("unit_id", Samples.progress().toBuilder().clearUnitId()),
        wrong("lease", Samples.progress().toBuilder().clearLease()),
        wrong("searched", Samples.progress().toBuilder().setSearched((1L << 32) + 1)),
        wrong("hashes_per_second", Samples.progress().toBuilder().setHashesPerSecond(Double.NaN)),
        wrong("result_id", result().clearResultId()),
        wrong("unit_id", result().clearUnitId()),
        wrong("lease", result().clearLease()),
        wrong("job_id", result().clearJobId()),
        wrong("outcome", result().clearOutcome()),
        wrong("share.hash", result().setShare(FoundShare.newBuilder().setNonce(1))),
        wrong(
            "completed.searched",
            result().setCompleted(UnitCompleted.newBuilder().setSearched(-1))),
        wrong(
            "completed.elapsed_ms",
            result().setCompleted(UnitCompleted.newBuilder().setElapsedMs(-1))),
        wrong("failed.searched", result().setFailed(UnitFailed.newBuilder().setSearched(1L << 33))),
        wrong(
            "failed.reason",
            result().setFailed(UnitFailed.newBuilder().setReason("r".repeat(257)))));
  }

  private static WorkunitResult.Builder result() {
    return Samples.result().toBuilder();
  }

  private static Stream<Wrong> acks() {
    return Stream.of(
        wrong("result_id", Samples.ack().toBuilder().clearResultId()),
        wrong("verdict", Samples.ack().toBuilder().clearVerdict()),
        wrong("verdict", Samples.ack().toBuilder().setVerdictValue(99)),
        wrong(
            "rejection",
            Samples.ack().toBuilder().setVerdict(WorkunitAck.Verdict.VERDICT_REJECTED)),
        wrong(
            "rejection",
            Samples.ack().toBuilder().setRejection(WorkunitAck.Rejection.REJECTION_STALE)));
  }

  private static Stream<Wrong> others() {
    return Stream.of(
        wrong("reason", Samples.cancel().toBuilder().clearReason()),
        wrong("units", Samples.cancel().toBuilder().clearUnits()),
        wrong(
            "units",
            Samples.cancel().toBuilder()
                .addAllUnits(Collections.nCopies(64, Samples.cancel().getUnits(0)))),
        wrong(
            "units.lease",
            Samples.cancel().toBuilder()
                .setUnits(0, Samples.cancel().getUnits(0).toBuilder().clearLease())),
        wrong("hashes_per_second", Samples.heartbeat().toBuilder().setHashesPerSecond(-1)),
        wrong("mode", Samples.heartbeat().toBuilder().setModeValue(3)),
        wrong("state", Samples.heartbeat().toBuilder().setStateValue(4)),
        wrong("algorithm", Samples.heartbeat().toBuilder().setAlgorithm("a".repeat(33))),
        wrong("reason", Samples.goodbye().toBuilder().setReason("r".repeat(513))),
        wrong("message", Samples.error().toBuilder().setMessage("\r")));
  }

  @Test
  void errorWithUnknownCodeIsStillAnError() {
    Error later = Samples.error().toBuilder().setCodeValue(77).build();

    assertThatCode(() -> MessageRules.check(later)).doesNotThrowAnyException();
  }
}
