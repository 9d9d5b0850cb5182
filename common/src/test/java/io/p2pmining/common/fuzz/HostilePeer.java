package io.p2pmining.common.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.MessageLite;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.p2pmining.common.Samples;
import io.p2pmining.common.connection.Closure;
import io.p2pmining.common.connection.ConnectionLimits;
import io.p2pmining.common.connection.MessageRules;
import io.p2pmining.common.connection.ProtocolPipeline;
import io.p2pmining.common.connection.Recorder;
import io.p2pmining.common.frame.FrameDecoder;
import io.p2pmining.common.frame.FrameGate;
import io.p2pmining.common.frame.Frames;
import io.p2pmining.common.frame.MessageType;
import io.p2pmining.common.frame.ProtocolException;
import io.p2pmining.common.frame.ReceivedFrame;
import io.p2pmining.common.frame.Role;
import io.p2pmining.common.wire.v1.Error;
import io.p2pmining.common.wire.v1.Hello;
import io.p2pmining.common.wire.v1.HelloReply;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Says anything to a real pipeline and checks what must hold whatever it says: nothing escapes,
 * nothing but right messages reaches the listener, and trouble means one ERROR and a closed
 * connection.
 */
final class HostilePeer {

  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
  private static final int SCRIPT_HEADER_BYTES = 3;

  private final Recorder victim =
      new Recorder(
          (message, connection) -> {
            switch (message) {
              case Hello hello -> connection.send(Samples.helloReply());
              case HelloReply reply -> connection.send(Samples.capabilities());
              default -> {}
            }
          });
  private final EmbeddedChannel channel;

  /** A peer of a node in this role; the node has said what its role lets it say first. */
  HostilePeer(Role victimRole) {
    ConnectionLimits limits = ConnectionLimits.DEFAULT;
    if (victimRole == Role.MASTER) {
      channel = new EmbeddedChannel(ProtocolPipeline.forMaster(limits, CLOCK, () -> victim));
    } else {
      channel = new EmbeddedChannel(ProtocolPipeline.forWorker(limits, CLOCK, () -> victim));
      victim.connection().send(Samples.hello());
    }
  }

  /** Sends bytes as they are. */
  void say(byte[] bytes) {
    if (channel.isOpen()) {
      channel.writeInbound(Unpooled.wrappedBuffer(bytes));
    }
  }

  /**
   * Sends the frames of a script: type (1 byte), payload length (2 bytes), payload, and so on. The
   * frames get right headers, so that what is inside them is judged.
   */
  void perform(byte[] script) {
    int position = 0;
    while (position + SCRIPT_HEADER_BYTES <= script.length) {
      int type = script[position] & 0xff;
      int length = (script[position + 1] & 0xff) << 8 | (script[position + 2] & 0xff);
      position += SCRIPT_HEADER_BYTES;
      int end = Math.min(position + length, script.length);
      say(Frames.frame(type, Arrays.copyOfRange(script, position, end)));
      position = end;
    }
  }

  /** Ends the connection and checks what must hold. */
  void leave() {
    List<MessageLite> answers = answers();
    boolean open = channel.isOpen();
    channel.finishAndReleaseAll();

    assertThat(victim.closures()).as("told of the end once").hasSize(1);
    Closure closure = victim.closures().getFirst();
    assertThat(closure).as("no bug").isNotInstanceOf(Closure.Left.class);
    long errors = answers.stream().filter(Error.class::isInstance).count();
    if (closure instanceof Closure.PeerFaulted) {
      assertThat(errors).as("errors").isEqualTo(1);
      assertThat(answers.getLast()).as("the last word").isInstanceOf(Error.class);
      assertThat(open).as("open after an ERROR").isFalse();
    } else {
      assertThat(errors).as("errors without a fault").isZero();
    }
    victim.heard().forEach(HostilePeer::assertRight);
  }

  private List<MessageLite> answers() {
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

  private static void assertRight(MessageLite message) {
    try {
      MessageRules.check(message);
    } catch (ProtocolException e) {
      throw new AssertionError("the listener heard a wrong message: " + message, e);
    }
  }

  /** A script of right messages; what {@link #perform} reads. */
  static byte[] script(List<MessageLite> messages) {
    ByteBuf script = Unpooled.buffer();
    for (MessageLite message : messages) {
      script.writeByte(MessageType.of(message).number());
      script.writeShort(message.getSerializedSize());
      script.writeBytes(message.toByteArray());
    }
    return Arrays.copyOf(script.array(), script.readableBytes());
  }
}
