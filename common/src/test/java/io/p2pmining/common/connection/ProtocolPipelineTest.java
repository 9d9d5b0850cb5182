package io.p2pmining.common.connection;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.MessageLite;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.p2pmining.common.LeakCheck;
import io.p2pmining.common.Samples;
import io.p2pmining.common.frame.FrameDecoder;
import io.p2pmining.common.frame.FrameGate;
import io.p2pmining.common.frame.Frames;
import io.p2pmining.common.frame.MessageType;
import io.p2pmining.common.frame.ReceivedFrame;
import io.p2pmining.common.wire.v1.Error;
import io.p2pmining.common.wire.v1.Goodbye;
import io.p2pmining.common.wire.v1.Heartbeat;
import io.p2pmining.common.wire.v1.WorkunitAssign;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class ProtocolPipelineTest {

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-01T00:00:00Z"));

  private final Recorder recorder = new Recorder();
  private final List<EmbeddedChannel> channels = new ArrayList<>();
  private final LogCapture log = new LogCapture();

  @AfterEach
  void closeChannels() {
    log.close();
    channels.forEach(EmbeddedChannel::finishAndReleaseAll);
  }

  @Test
  void shakesHandsAndExchangesWork() {
    EmbeddedChannel master = readyMaster(recorder);
    feed(master, Samples.request(), Samples.progress(), Samples.result(), Samples.heartbeat());
    recorder.connection().send(Samples.assign());
    recorder.connection().send(Samples.ack());

    assertThat(recorder.heard())
        .containsExactly(
            Samples.hello(),
            Samples.capabilities(),
            Samples.request(),
            Samples.progress(),
            Samples.result(),
            Samples.heartbeat());
    assertThat(sent(master)).containsExactly(Samples.helloReply(), Samples.assign(), Samples.ack());
    assertThat(master.isOpen()).isTrue();
  }

  @Test
  void workerHearsItsMaster() {
    EmbeddedChannel worker = readyWorker(recorder);
    feed(worker, Samples.peerList(), Samples.assign(), Samples.cancel(), Samples.ack());

    assertThat(recorder.heard())
        .containsExactly(
            Samples.helloReply(),
            Samples.peerList(),
            Samples.assign(),
            Samples.cancel(),
            Samples.ack());
    assertThat(sent(worker)).containsExactly(Samples.hello(), Samples.capabilities());
  }

  @Test
  void refusesMessageOutOfOrder() {
    EmbeddedChannel master = master(recorder);
    feed(master, Samples.capabilities());

    assertRefused(master, Error.Code.CODE_OUT_OF_ORDER);
    assertThat(recorder.heard()).isEmpty();
  }

  @Test
  void refusesLargeFrameOfStrangerByItsHeader() {
    EmbeddedChannel master = master(recorder);
    int type = MessageType.CAPABILITIES.number();
    master.writeInbound(Unpooled.wrappedBuffer(Frames.header(type, 8 * 1024)));

    assertRefused(master, Error.Code.CODE_OUT_OF_ORDER);
  }

  @Test
  void refusesMessageOfTheWrongDirection() {
    EmbeddedChannel master = readyMaster(recorder);
    sent(master);
    feed(master, Samples.assign());

    assertRefused(master, Error.Code.CODE_OUT_OF_ORDER);
  }

  @Test
  void refusesSecondHello() {
    EmbeddedChannel master = readyMaster(recorder);
    sent(master);
    feed(master, Samples.hello());

    assertRefused(master, Error.Code.CODE_OUT_OF_ORDER);
  }

  @Test
  void refusesReservedTypeAsUnsupported() {
    EmbeddedChannel master = readyMaster(recorder);
    sent(master);
    master.writeInbound(Unpooled.wrappedBuffer(Frames.frame(11, new byte[0])));

    assertRefused(master, Error.Code.CODE_UNSUPPORTED);
  }

  @Test
  void namesBothRangesWhenNoVersionIsInCommon() {
    EmbeddedChannel master = master(recorder);
    feed(master, Samples.hello().toBuilder().setVersionMin(2).setVersionMax(3).build());

    assertThat(assertRefused(master, Error.Code.CODE_UNSUPPORTED_VERSION).getMessage())
        .isEqualTo("offered=2..3, supported=1..1");
  }

  @Test
  void refusesMasterThatChoosesVersionNobodyOffered() {
    EmbeddedChannel worker = worker(recorder);
    recorder.connection().send(Samples.hello());
    sent(worker);
    feed(worker, Samples.helloReply().toBuilder().setVersion(2).build());

    assertRefused(worker, Error.Code.CODE_UNSUPPORTED_VERSION);
  }

  @Test
  void refusesFieldThatBreaksItsRuleAndNamesIt() {
    EmbeddedChannel master = readyMaster(recorder);
    sent(master);
    feed(master, Samples.progress().toBuilder().setHashesPerSecond(Double.NaN).build());

    assertThat(assertRefused(master, Error.Code.CODE_MALFORMED).getMessage())
        .contains("hashes_per_second");
    assertThat(recorder.closures().getFirst())
        .isInstanceOfSatisfying(
            Closure.PeerFaulted.class,
            faulted -> assertThat(faulted.fault().offset()).isPositive());
  }

  @Test
  void sendsOneErrorHoweverMuchIsWrong() {
    EmbeddedChannel master = master(recorder);
    byte[] noise = new byte[4096];
    Arrays.fill(noise, (byte) 0x55);
    master.writeInbound(Unpooled.wrappedBuffer(noise));

    assertRefused(master, Error.Code.CODE_BAD_MAGIC);
  }

  @Test
  void listenerMayRefuse() {
    Recorder busy =
        new Recorder(
            (message, connection) -> connection.refuse(Error.Code.CODE_BUSY, "too many\nworkers"));
    EmbeddedChannel master = master(busy);
    feed(master, Samples.hello());

    assertThat(sent(master))
        .containsExactly(
            Error.newBuilder()
                .setCode(Error.Code.CODE_BUSY)
                .setMessage("too many workers")
                .build());
    assertThat(master.isOpen()).isFalse();
    assertThat(busy.closures()).containsExactly(new Closure.Left("too many workers"));
  }

  @Test
  void endsConnectionWithInternalErrorWhenListenerFails() {
    Recorder broken =
        new Recorder(
            (message, connection) -> {
              throw new IllegalStateException("test: a bug of ours");
            });
    EmbeddedChannel master = master(broken);
    feed(master, Samples.hello(), Samples.capabilities());

    assertThat(sent(master))
        .containsExactly(
            Error.newBuilder()
                .setCode(Error.Code.CODE_INTERNAL)
                .setMessage("internal error")
                .build());
    assertThat(log.events()).as("a bug is logged, once").hasSize(1);
    assertThat(broken.closures()).containsExactly(new Closure.Left("internal error"));
  }

  @Test
  void doesNotSendWhatThePeerMustRefuse() {
    EmbeddedChannel master = readyMaster(recorder);
    sent(master);
    recorder.connection().send(WorkunitAssign.getDefaultInstance());

    assertThat(error(master).getCode()).isEqualTo(Error.Code.CODE_INTERNAL);
    assertThat(master.isOpen()).isFalse();
    assertThat(log.events()).as("a bug is logged, once").hasSize(1);
  }

  @Test
  void closesWithoutAnswerWhenPeerLeaves() {
    EmbeddedChannel master = readyMaster(recorder);
    sent(master);
    feed(master, Samples.goodbye());

    assertThat(sent(master)).isEmpty();
    assertThat(recorder.closures()).containsExactly(new Closure.PeerLeft("restarting", true));
  }

  @Test
  void closesWithoutAnswerWhenPeerReportsError() {
    EmbeddedChannel worker = worker(recorder);
    feed(worker, Samples.error());

    assertThat(sent(worker)).isEmpty();
    assertThat(recorder.closures())
        .containsExactly(new Closure.PeerRefused(Error.Code.CODE_BUSY, "try later"));
  }

  @Test
  void saysGoodbyeOnceAndIgnoresWhatIsSentLater() {
    EmbeddedChannel master = readyMaster(recorder);
    sent(master);
    recorder.connection().leave("stopping", true);
    recorder.connection().leave("stopping", true);
    recorder.connection().send(Samples.assign());

    assertThat(sent(master))
        .containsExactly(Goodbye.newBuilder().setReason("stopping").setReturning(true).build());
    assertThat(recorder.closures()).containsExactly(new Closure.Left("stopping"));
  }

  @Test
  void tellsLossOfConnectionOnce() {
    EmbeddedChannel master = readyMaster(recorder);
    master.close();

    assertThat(recorder.closures()).singleElement().isInstanceOf(Closure.Lost.class);
  }

  @Test
  void closesPeerThatDoesNotFinishItsHandshake() {
    EmbeddedChannel master = master(recorder);
    advance(master, Duration.ofSeconds(9));
    assertThat(master.isOpen()).isTrue();
    advance(master, Duration.ofSeconds(1));

    assertThat(error(master).getCode()).isEqualTo(Error.Code.CODE_TIMEOUT);
    assertThat(recorder.closures())
        .containsExactly(new Closure.TimedOut("the handshake stopped in state AWAIT_HELLO"));
  }

  @Test
  void closesPeerSilentPastIdleTimeout() {
    EmbeddedChannel master = readyMaster(recorder);
    advance(master, Duration.ofSeconds(14));
    feed(master, Samples.heartbeat());
    advance(master, Duration.ofSeconds(14));
    assertThat(master.isOpen()).isTrue();
    advance(master, Duration.ofSeconds(2));

    assertThat(master.isOpen()).isFalse();
    assertThat(recorder.closures())
        .containsExactly(new Closure.TimedOut("no frame within the idle timeout"));
  }

  @Test
  void singleBytesAreNoSignOfLife() {
    EmbeddedChannel master = readyMaster(recorder);
    byte[] frame = Frames.encode(Samples.heartbeat());
    for (int second = 0; second < 15; second++) {
      master.writeInbound(Unpooled.wrappedBuffer(frame, second, 1));
      advance(master, Duration.ofSeconds(1));
    }

    assertThat(master.isOpen()).isFalse();
  }

  @Test
  void sendsHeartbeatsOnTheIntervalOfTheReply() {
    EmbeddedChannel master = readyMaster(recorder);
    sent(master);
    advance(master, Duration.ofSeconds(5));
    feed(master, Samples.heartbeat());
    advance(master, Duration.ofSeconds(5));

    long now = CLOCK.millis();
    assertThat(sent(master))
        .containsExactly(
            Heartbeat.newBuilder().setSequence(1).setSentAtMs(now).build(),
            Heartbeat.newBuilder().setSequence(2).setSentAtMs(now).build());
  }

  @Test
  void workerKeepsItsHeartbeatsUntilItMayTalk() {
    EmbeddedChannel worker = worker(recorder);
    recorder.connection().send(Samples.hello());
    feed(worker, Samples.helloReply());
    sent(worker);
    advance(worker, Duration.ofSeconds(6));

    assertThat(sent(worker)).isEmpty();
    assertThat(worker.isOpen()).isTrue();
  }

  private EmbeddedChannel readyMaster(Recorder listener) {
    EmbeddedChannel channel = master(listener);
    feed(channel, Samples.hello());
    listener.connection().send(Samples.helloReply());
    feed(channel, Samples.capabilities());
    return channel;
  }

  private EmbeddedChannel readyWorker(Recorder listener) {
    EmbeddedChannel channel = worker(listener);
    listener.connection().send(Samples.hello());
    feed(channel, Samples.helloReply());
    listener.connection().send(Samples.capabilities());
    return channel;
  }

  private EmbeddedChannel master(Recorder listener) {
    return open(ProtocolPipeline.forMaster(ConnectionLimits.DEFAULT, CLOCK, () -> listener));
  }

  private EmbeddedChannel worker(Recorder listener) {
    return open(ProtocolPipeline.forWorker(ConnectionLimits.DEFAULT, CLOCK, () -> listener));
  }

  private EmbeddedChannel open(ProtocolPipeline pipeline) {
    EmbeddedChannel channel = new EmbeddedChannel(pipeline);
    channel.freezeTime();
    channels.add(channel);
    return channel;
  }

  private static void advance(EmbeddedChannel channel, Duration duration) {
    channel.advanceTimeBy(duration.toMillis(), TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
  }

  private static void feed(EmbeddedChannel channel, MessageLite... messages) {
    ByteBuf stream = Unpooled.buffer();
    for (MessageLite message : messages) {
      stream.writeBytes(Frames.encode(message));
    }
    channel.writeInbound(stream);
  }

  /** What was sent since the last call. */
  private static List<MessageLite> sent(EmbeddedChannel channel) {
    EmbeddedChannel decoder = new EmbeddedChannel(new FrameDecoder(FrameGate.OPEN));
    for (ByteBuf bytes; (bytes = channel.readOutbound()) != null; ) {
      decoder.writeInbound(bytes);
    }
    List<MessageLite> messages = new ArrayList<>();
    for (ReceivedFrame frame; (frame = decoder.readInbound()) != null; ) {
      messages.add(frame.message());
    }
    decoder.finishAndReleaseAll();
    return messages;
  }

  private static Error error(EmbeddedChannel channel) {
    return (Error) sent(channel).getLast();
  }

  /** One ERROR with this code and nothing else, then closed. */
  private Error assertRefused(EmbeddedChannel channel, Error.Code code) {
    List<MessageLite> messages = sent(channel);
    assertThat(messages).singleElement().isInstanceOf(Error.class);
    Error error = (Error) messages.getFirst();
    assertThat(error.getCode()).isEqualTo(code);
    assertThat(channel.isOpen()).isFalse();
    assertThat(recorder.closures()).singleElement().isInstanceOf(Closure.PeerFaulted.class);
    assertThat(log.events()).as("a peer's fault is for the listener to log").isEmpty();
    return error;
  }
}
