package io.p2pmining.master.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.p2pmining.common.connection.ConnectionLimits;
import io.p2pmining.common.connection.ProtocolPipeline;
import io.p2pmining.common.frame.FrameDecoder;
import io.p2pmining.common.frame.FrameEncoder;
import io.p2pmining.common.frame.FrameGate;
import io.p2pmining.common.frame.ReceivedFrame;
import io.p2pmining.common.trace.TraceContext;
import io.p2pmining.common.wire.v1.Capabilities;
import io.p2pmining.common.wire.v1.Error;
import io.p2pmining.common.wire.v1.FoundShare;
import io.p2pmining.common.wire.v1.Goodbye;
import io.p2pmining.common.wire.v1.Heartbeat;
import io.p2pmining.common.wire.v1.HeldUnit;
import io.p2pmining.common.wire.v1.HelloReply;
import io.p2pmining.common.wire.v1.Mode;
import io.p2pmining.common.wire.v1.NoWork;
import io.p2pmining.common.wire.v1.PeerList;
import io.p2pmining.common.wire.v1.UnitCompleted;
import io.p2pmining.common.wire.v1.UnitFailed;
import io.p2pmining.common.wire.v1.WorkunitAck;
import io.p2pmining.common.wire.v1.WorkunitAssign;
import io.p2pmining.common.wire.v1.WorkunitCancel;
import io.p2pmining.common.wire.v1.WorkunitProgress;
import io.p2pmining.common.wire.v1.WorkunitRequest;
import io.p2pmining.common.wire.v1.WorkunitResult;
import io.p2pmining.common.work.Bytes;
import io.p2pmining.common.work.NonceRange;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.Target;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.node.MasterIdentity;
import io.p2pmining.master.peer.Peer;
import io.p2pmining.master.peer.PeerLog;
import io.p2pmining.master.peer.PeerRegistry;
import io.p2pmining.master.peer.PeerState;
import io.p2pmining.master.session.RecordedEvents.Event;
import io.p2pmining.master.work.Assignment;
import io.p2pmining.master.work.CancelReason;
import io.p2pmining.master.work.NoWorkReason;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.PeerLink;
import io.p2pmining.master.work.Rejection;
import io.p2pmining.master.work.UnitRef;
import io.p2pmining.master.work.Verdict;
import io.p2pmining.master.work.WorkResult;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PeerSessionTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final TraceContext TRACE =
      TraceContext.parse("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01").orElseThrow();
  private static final PeerId PEER = new PeerId(ScriptedWorker.id(7).toString());

  private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  private final RecordedEvents events = new RecordedEvents();
  private final PeerRegistry registry = new PeerRegistry(clock, 10, PeerLog.NONE);
  private final ServerSettings settings = Settings.server(0, 2);
  private final Sessions sessions =
      new Sessions(
          () -> settings,
          new MasterIdentity(ScriptedWorker.id(1), "master", "1.0", NOW),
          registry,
          events,
          3,
          clock);

  @Test
  void introducesTheWorkerToRegistryAndDispatcher() {
    Wire worker = new Wire();

    HelloReply reply = worker.say(ScriptedWorker.hello(ScriptedWorker.id(7)), HelloReply.class);
    PeerList peers = worker.say(ScriptedWorker.capabilities("sha256d"), PeerList.class);

    assertThat(reply.getNodeId()).isEqualTo(ScriptedWorker.id(1).toByteString());
    assertThat(reply.getMaxDepth()).isEqualTo(3);
    assertThat(reply.getHeartbeatIntervalMs()).isEqualTo(5000);
    assertThat(reply.getIdleTimeoutMs()).isEqualTo(15_000);
    assertThat(peers.getPeersList()).extracting(p -> p.getPort()).containsExactly(9999);
    Peer peer = registry.find(PEER).orElseThrow();
    assertThat(peer.state()).isEqualTo(PeerState.CONNECTED);
    assertThat(peer.identity().name()).isEqualTo("rig");
    assertThat(peer.capabilities().memoryTotalBytes()).isEqualTo(16L << 30);
    var ready = (Event.Ready) events.all().getFirst();
    assertThat(ready.profile().computePower()).isEqualTo(12.0);
    assertThat(ready.profile().abilityFor("sha256d").orElseThrow().mode())
        .isEqualTo(HashingMode.LIGHT);
  }

  @Test
  void passesOnWhatTheWorkerAsksAndReports() {
    Wire worker = new Wire().joined();

    worker.say(
        WorkunitRequest.newBuilder()
            .setDepth(2)
            .addHeld(HeldUnit.newBuilder().setUnitId(5).setLease(6))
            .build());
    worker.say(
        WorkunitProgress.newBuilder()
            .setUnitId(5)
            .setLease(6)
            .setSearched(100)
            .setHashesPerSecond(7.5)
            .build());

    assertThat(events.of(Event.Depth.class))
        .containsExactly(new Event.Depth(PEER, 2, List.of(new UnitRef(5, 6))));
    assertThat(events.of(Event.Progress.class))
        .containsExactly(new Event.Progress(PEER, new UnitRef(5, 6), 100, 7.5));
  }

  @Test
  void passesOnEveryKindOfResult() {
    Wire worker = new Wire().joined();
    WorkunitResult.Builder result =
        WorkunitResult.newBuilder().setResultId(1).setUnitId(5).setLease(6).setJobId("j");
    byte[] hash = new byte[32];
    hash[0] = 9;

    worker.say(
        result
            .setShare(FoundShare.newBuilder().setNonce(-1).setHash(ByteString.copyFrom(hash)))
            .build());
    worker.say(
        result
            .setResultId(2)
            .setCompleted(UnitCompleted.newBuilder().setSearched(10).setElapsedMs(1500))
            .build());
    worker.say(
        result
            .setResultId(3)
            .setFailed(UnitFailed.newBuilder().setSearched(4).setReason("no memory"))
            .build());

    UnitRef ref = new UnitRef(5, 6);
    assertThat(events.of(Event.Result.class))
        .extracting(Event.Result::result)
        .containsExactly(
            new WorkResult.ShareFound(1, ref, "j", 0xffff_ffffL, Bytes.copyOf(hash)),
            new WorkResult.RangeCompleted(2, ref, 10, Duration.ofMillis(1500)),
            new WorkResult.RangeFailed(3, ref, 4, "no memory"));
  }

  @Test
  void heartbeatsShowWhatThePeerIsDoing() {
    Wire worker = new Wire().joined();

    worker.say(
        Heartbeat.newBuilder()
            .setSequence(1)
            .setSentAtMs(1)
            .setState(Heartbeat.State.STATE_MINING)
            .setAlgorithm("sha256d")
            .setMode(Mode.MODE_LIGHT)
            .setHashesPerSecond(1234)
            .setHashesTotal(5000)
            .setMemoryAvailableBytes(1 << 20)
            .build());

    Peer peer = registry.find(PEER).orElseThrow();
    assertThat(peer.state()).isEqualTo(PeerState.MINING);
    assertThat(peer.hashesPerSecond()).isEqualTo(1234);
    assertThat(peer.activity().algorithm()).isEqualTo("sha256d");
    assertThat(peer.capabilities().memoryAvailableBytes()).isEqualTo(1 << 20);
    assertThat(events.of(Event.Rate.class)).containsExactly(new Event.Rate(PEER, 1234));
  }

  @Test
  void changedCapabilitiesReachTheDispatcherOverTheSameLink() {
    Wire worker = new Wire().joined();
    Capabilities fewer = ScriptedWorker.capabilities("sha256d").toBuilder().setCores(2).build();

    worker.say(fewer);

    List<Event.Ready> ready = events.of(Event.Ready.class);
    assertThat(ready).hasSize(2);
    assertThat(ready.get(1).link()).isSameAs(ready.get(0).link());
    assertThat(registry.find(PEER).orElseThrow().capabilities().cores()).isEqualTo(2);
  }

  @Test
  void carriesAssignmentsToTheWorker() {
    Wire worker = new Wire().joined();

    link().assign(List.of(assignment(1), assignment(2)));

    WorkunitAssign assign = worker.expect(WorkunitAssign.class);
    assertThat(assign.getUnitsList()).extracting(u -> u.getUnitId()).containsExactly(1L, 2L);
    var unit = assign.getUnits(0);
    assertThat(Integer.toUnsignedLong(unit.getNonceStart())).isEqualTo(0xffff_0000L);
    assertThat(unit.getNonceCount()).isEqualTo(0x1_0000);
    assertThat(unit.getLeaseMs()).isEqualTo(30_000);
    assertThat(unit.getTraceparent()).isEqualTo(TRACE.toString());
    assertThat(unit.getJob().getBlob().size()).isEqualTo(80);
    assertThat(unit.getShareTarget().toByteArray())
        .isEqualTo(Target.forDifficulty(1000).toLittleEndian());
  }

  @Test
  void splitsWhatIsTooMuchForOneMessage() {
    Wire worker = new Wire().joined();

    link().assign(LongStream.rangeClosed(1, 17).mapToObj(id -> assignment(id)).toList());
    link()
        .cancel(
            LongStream.rangeClosed(1, 65).mapToObj(id -> new UnitRef(id, 1)).toList(),
            CancelReason.OBSOLETE);

    assertThat(worker.expect(WorkunitAssign.class).getUnitsCount()).isEqualTo(16);
    assertThat(worker.expect(WorkunitAssign.class).getUnitsCount()).isEqualTo(1);
    assertThat(worker.expect(WorkunitCancel.class).getUnitsCount()).isEqualTo(64);
    assertThat(worker.expect(WorkunitCancel.class).getUnitsCount()).isEqualTo(1);
  }

  @Test
  void tellsOfTheEndOfUnitsBeforeWhatTakesTheirPlace() {
    Wire worker = new Wire().joined();

    link().replace(List.of(new UnitRef(5, 6)), CancelReason.OBSOLETE, List.of(assignment(1)));

    assertThat(worker.expect(WorkunitCancel.class).getUnits(0).getUnitId()).isEqualTo(5);
    assertThat(worker.expect(WorkunitAssign.class).getUnits(0).getUnitId()).isEqualTo(1);
  }

  @Test
  void namesEveryReasonOnTheWire() {
    Wire worker = new Wire().joined();

    for (NoWorkReason reason : NoWorkReason.values()) {
      link().noWork(reason, "why");
      assertThat(worker.expect(WorkunitAssign.class).getNoWork().getReason().name())
          .isEqualTo("REASON_" + reason.name());
    }
    for (CancelReason reason : CancelReason.values()) {
      link().cancel(List.of(new UnitRef(1, 1)), reason);
      assertThat(worker.expect(WorkunitCancel.class).getReason().name())
          .isEqualTo("REASON_" + reason.name());
    }
    for (Rejection reason : Rejection.values()) {
      link().acknowledge(4, new Verdict.Rejected(reason));
      assertThat(worker.expect(WorkunitAck.class).getRejection().name())
          .isEqualTo("REJECTION_" + reason.name());
    }
    link().noWork(NoWorkReason.NO_JOB, "x");
    assertThat(worker.expect(WorkunitAssign.class).getNoWork().getReason())
        .isEqualTo(NoWork.Reason.REASON_NO_JOB);
  }

  @Test
  void acknowledgesWithTheVerdict() {
    Wire worker = new Wire().joined();

    link().acknowledge(1, new Verdict.Accepted());
    link().acknowledge(2, new Verdict.FoundBlock());

    assertThat(worker.expect(WorkunitAck.class).getVerdict())
        .isEqualTo(WorkunitAck.Verdict.VERDICT_ACCEPTED);
    assertThat(worker.expect(WorkunitAck.class).getVerdict())
        .isEqualTo(WorkunitAck.Verdict.VERDICT_BLOCK);
  }

  @Test
  void newerConnectionOfANodeReplacesTheOlder() {
    Wire older = new Wire().joined();
    Wire newer = new Wire().joined();

    assertThat(older.expect(Error.class).getCode()).isEqualTo(Error.Code.CODE_BUSY);
    assertThat(registry.find(PEER).orElseThrow().isConnected()).isTrue();
    List<Event.Ready> ready = events.of(Event.Ready.class);
    assertThat(ready.get(1).link()).isNotSameAs(ready.get(0).link());
    // What the older one still says does not count any more.
    int before = events.all().size();
    ((PeerSession) ready.get(0).link())
        .workunitRequest(WorkunitRequest.newBuilder().setDepth(9).build());
    assertThat(events.all()).hasSize(before);

    assertThat(older.channel.isActive()).isFalse();
    assertThat(registry.find(PEER).orElseThrow().isConnected()).isTrue();
    assertThat(events.of(Event.Gone.class))
        .extracting(Event.Gone::link)
        .containsExactly(ready.get(0).link());
    newer.say(WorkunitRequest.newBuilder().setDepth(1).build());
    assertThat(events.of(Event.Depth.class)).hasSize(1);
  }

  @Test
  void refusesConnectionsBeyondTheLimitUntilAPlaceIsFree() {
    Wire first = new Wire();
    Wire second = new Wire();
    Wire third = new Wire();

    Error error = third.expect(Error.class);
    assertThat(error.getCode()).isEqualTo(Error.Code.CODE_BUSY);
    assertThat(error.getMessage()).contains("2");
    assertThat(sessions.connections()).isEqualTo(2);

    first.channel.close();
    third.channel.close();
    new Wire().joined();
    assertThat(second.channel.isActive()).isTrue();
    assertThat(sessions.connections()).isEqualTo(2);
  }

  @Test
  void closesSessionSilentPastIdleTimeoutAndTellsTheDispatcher() {
    Wire worker = new Wire().joined();

    worker.advance(Duration.ofSeconds(14));
    assertThat(worker.channel.isActive()).isTrue();
    worker.advance(Duration.ofSeconds(3));

    assertThat(worker.expect(Error.class).getCode()).isEqualTo(Error.Code.CODE_TIMEOUT);
    assertThat(worker.channel.isActive()).isFalse();
    assertThat(registry.find(PEER).orElseThrow().state()).isEqualTo(PeerState.DISCONNECTED);
    assertThat(events.of(Event.Gone.class)).extracting(Event.Gone::returning).containsExactly(true);
  }

  @Test
  void closesConnectionThatDoesNotIntroduceItself() {
    Wire silent = new Wire();

    silent.advance(Duration.ofSeconds(11));

    assertThat(silent.expect(Error.class).getCode()).isEqualTo(Error.Code.CODE_TIMEOUT);
    assertThat(sessions.connections()).isZero();
    assertThat(events.all()).isEmpty();
  }

  @Test
  void workerThatLeavesForGoodGivesItsUnitsBack() {
    Wire leaving = new Wire().joined();

    leaving.say(Goodbye.newBuilder().setReason("enough").build());

    assertThat(events.of(Event.Gone.class))
        .extracting(Event.Gone::returning)
        .containsExactly(false);
    assertThat(registry.find(PEER).orElseThrow().state()).isEqualTo(PeerState.DISCONNECTED);
  }

  @Test
  void workerThatComesBackKeepsItsUnits() {
    Wire leaving = new Wire().joined();

    leaving.say(Goodbye.newBuilder().setReason("restart").setReturning(true).build());

    assertThat(events.of(Event.Gone.class)).extracting(Event.Gone::returning).containsExactly(true);
  }

  @Test
  void saysGoodbyeToEveryoneWhenTheMasterStops() {
    Wire worker = new Wire().joined();

    sessions.leaveAll();

    Goodbye goodbye = worker.expect(Goodbye.class);
    assertThat(goodbye.getReturning()).isTrue();
    assertThat(new Wire().expect(Error.class).getMessage()).contains("stopping");
  }

  @Test
  void busyDispatcherSendsTheWorkerAwayForNow() {
    Wire worker = new Wire().joined();

    link().disconnectBusy("too much at once");

    assertThat(worker.expect(Error.class).getCode()).isEqualTo(Error.Code.CODE_BUSY);
  }

  private PeerLink link() {
    return events.of(Event.Ready.class).getLast().link();
  }

  private static Assignment assignment(long unitId) {
    Job job =
        new Job(
            "job",
            "test",
            "sha256d",
            Bytes.copyOf(new byte[80]),
            76,
            NonceRange.ALL,
            Bytes.EMPTY,
            Bytes.EMPTY,
            null,
            0,
            Bytes.EMPTY,
            NOW);
    return new Assignment(
        new UnitRef(unitId, 1),
        job,
        new NonceRange(0xffff_0000L, 0x1_0000),
        Target.forDifficulty(1000),
        Duration.ofSeconds(30),
        TRACE);
  }

  /** A worker at the other end of a channel without a socket, in driven time. */
  private final class Wire {

    final EmbeddedChannel channel;
    private final EmbeddedChannel reader =
        new EmbeddedChannel(new FrameDecoder(FrameGate.OPEN), new FrameEncoder());

    Wire() {
      channel =
          new AddressedChannel(
              ProtocolPipeline.forMaster(
                  new ConnectionLimits(
                      settings.handshakeTimeout(), Duration.ofMillis(500), 1 << 20),
                  clock,
                  sessions::newSession));
      channel.freezeTime();
    }

    Wire joined() {
      say(ScriptedWorker.hello(ScriptedWorker.id(7)), HelloReply.class);
      say(ScriptedWorker.capabilities("sha256d"), PeerList.class);
      return this;
    }

    void say(MessageLite message) {
      reader.writeOutbound(message);
      channel.writeInbound((ByteBuf) reader.readOutbound());
      channel.runPendingTasks();
    }

    <M extends MessageLite> M say(MessageLite message, Class<M> answer) {
      say(message);
      return expect(answer);
    }

    /** The next message of this type; others before it are skipped. */
    <M extends MessageLite> M expect(Class<M> type) {
      channel.runPendingTasks();
      for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
        reader.writeInbound(out);
      }
      for (ReceivedFrame f = reader.readInbound(); f != null; f = reader.readInbound()) {
        if (type.isInstance(f.message())) {
          return type.cast(f.message());
        }
      }
      throw new AssertionError("the master did not say " + type.getSimpleName());
    }

    void advance(Duration time) {
      for (long second = 0; second < time.toSeconds(); second++) {
        channel.advanceTimeBy(1, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
      }
    }
  }

  /** A channel that says on which port the master was reached. */
  private static final class AddressedChannel extends EmbeddedChannel {

    AddressedChannel(ChannelHandler handler) {
      super(handler);
    }

    @Override
    protected SocketAddress localAddress0() {
      return new InetSocketAddress("127.0.0.1", 9999);
    }
  }
}
