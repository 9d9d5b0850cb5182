package io.p2pmining.common.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import com.google.protobuf.UnknownFieldSet;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.EncoderException;
import io.p2pmining.common.LeakCheck;
import io.p2pmining.common.Samples;
import io.p2pmining.common.wire.v1.Error;
import io.p2pmining.common.wire.v1.Goodbye;
import io.p2pmining.common.wire.v1.PeerList;
import io.p2pmining.common.wire.v1.WorkJob;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(LeakCheck.class)
class FrameCodecTest {

  private final EmbeddedChannel channel = new EmbeddedChannel(new FrameDecoder(FrameGate.OPEN));

  @AfterEach
  void closeChannel() {
    assertThat(channel.finishAndReleaseAll()).as("nothing left in the channel").isFalse();
  }

  static List<MessageLite> samples() {
    return Samples.all();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void decodesWhatItEncodes(MessageLite message) {
    feed(Frames.encode(message));

    assertThat(received()).containsExactly(message);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void decodesFrameSplitAtEveryByte(MessageLite message) {
    byte[] frame = Frames.encode(message);
    for (int split = 1; split < frame.length; split++) {
      feed(Arrays.copyOf(frame, split));
      assertThat(received()).as("split=%d", split).isEmpty();
      feed(Arrays.copyOfRange(frame, split, frame.length));
      assertThat(received()).as("split=%d", split).containsExactly(message);
    }
  }

  @Test
  void decodesFramesThatArriveByteByByte() {
    byte[] stream = concatenate(Samples.all());
    for (byte single : stream) {
      feed(new byte[] {single});
    }

    assertThat(received()).isEqualTo(Samples.all());
  }

  @Test
  void decodesSeveralFramesInOneBuffer() {
    feed(concatenate(Samples.all()));

    assertThat(received()).isEqualTo(Samples.all());
  }

  @Test
  void tellsWhereEachFrameStarts() {
    byte[] first = Frames.encode(Samples.hello());
    feed(first);
    feed(Frames.encode(Samples.request()));

    assertThat(channel.<ReceivedFrame>readInbound().offset()).isZero();
    assertThat(channel.<ReceivedFrame>readInbound().offset()).isEqualTo(first.length);
  }

  @Test
  void decodesEmptyPayloadWithoutWaitingForMoreBytes() {
    feed(Frames.frame(MessageType.PEER_LIST.number(), new byte[0]));

    assertThat(received()).containsExactly(PeerList.getDefaultInstance());
  }

  @Test
  void keepsFieldsOfNewerVersions() {
    UnknownFieldSet future =
        UnknownFieldSet.newBuilder()
            .addField(
                900,
                UnknownFieldSet.Field.newBuilder()
                    .addLengthDelimited(ByteString.copyFromUtf8("later"))
                    .build())
            .build();
    Goodbye goodbye = Samples.goodbye().toBuilder().setUnknownFields(future).build();
    feed(Frames.encode(goodbye));

    assertThat(received()).containsExactly(goodbye);
  }

  @Test
  void waitsForTheRestOfTruncatedFrame() {
    byte[] frame = Frames.encode(Samples.hello());
    feed(Arrays.copyOf(frame, frame.length - 1));

    assertThat(received()).isEmpty();
    assertThat(channel.isOpen()).isTrue();
    channel.finish();
  }

  @Test
  void refusesWrongMagic() {
    byte[] http = "GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    assertFault(() -> feed(http), Error.Code.CODE_BAD_MAGIC, FrameHeader.MAGIC_OFFSET)
        .hasMessageContaining("0x47455420");
  }

  @Test
  void refusesWrongVersion() {
    byte[] frame = Frames.frame(FrameHeader.MAGIC, 2, MessageType.HELLO.number(), new byte[0]);

    assertFault(() -> feed(frame), Error.Code.CODE_UNSUPPORTED_VERSION, FrameHeader.VERSION_OFFSET)
        .hasMessageContaining("frame version=2, supported=1..1");
  }

  @Test
  void refusesUnknownType() {
    assertFault(
            () -> feed(Frames.frame(17, new byte[0])),
            Error.Code.CODE_UNKNOWN_TYPE,
            FrameHeader.TYPE_OFFSET)
        .hasMessageContaining("type=17");
  }

  @ParameterizedTest
  @EnumSource(names = {"DATASET_REQUEST", "DATASET_OFFER", "DATASET_CHUNK"})
  void refusesReservedTypes(MessageType type) {
    assertFault(
        () -> feed(Frames.header(type.number(), 1000)),
        Error.Code.CODE_UNSUPPORTED,
        FrameHeader.TYPE_OFFSET);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_NONE, names = "DATASET_.*")
  void refusesLengthOverLimitBeforePayloadArrives(MessageType type) {
    for (long length : new long[] {type.payloadLimitBytes() + 1L, 0x7FFFFFFFL, 0xFFFFFFFFL}) {
      EmbeddedChannel fresh = new EmbeddedChannel(new FrameDecoder(FrameGate.OPEN));
      assertFault(
          () -> fresh.writeInbound(Unpooled.wrappedBuffer(Frames.header(type.number(), length))),
          Error.Code.CODE_TOO_LARGE,
          FrameHeader.PAYLOAD_LENGTH_OFFSET);
      fresh.finishAndReleaseAll();
    }
  }

  @Test
  void refusesWrongChecksumAndSaysWhereInTheStream() {
    byte[] first = Frames.encode(Samples.hello());
    feed(first);
    assertThat(received()).hasSize(1);
    byte[] second = Frames.encode(Samples.request());
    second[second.length - 1] ^= 1;

    assertFault(
        () -> feed(second),
        Error.Code.CODE_BAD_CHECKSUM,
        first.length + FrameHeader.CHECKSUM_OFFSET);
  }

  @Test
  void refusesPayloadThatIsNoMessage() {
    byte[] payload = Samples.hex("0a10000102").toByteArray();

    assertFault(
        () -> feed(Frames.frame(MessageType.HELLO.number(), payload)),
        Error.Code.CODE_MALFORMED,
        FrameHeader.LENGTH + 2);
  }

  @Test
  void refusesTextThatIsNotUtf8() {
    byte[] payload = Samples.hex("1202c328").toByteArray();

    assertFault(
        () -> feed(Frames.frame(MessageType.HELLO.number(), payload)),
        Error.Code.CODE_MALFORMED,
        FrameHeader.LENGTH + 2);
  }

  @Test
  void refusesWhatTheGateRefusesBeforePayloadArrives() {
    EmbeddedChannel gated =
        new EmbeddedChannel(
            new FrameDecoder(
                type -> {
                  throw ProtocolException.of(Error.Code.CODE_OUT_OF_ORDER, "not now");
                }));

    assertFault(
        () -> gated.writeInbound(Unpooled.wrappedBuffer(Frames.header(6, 100_000))),
        Error.Code.CODE_OUT_OF_ORDER,
        FrameHeader.TYPE_OFFSET);
    gated.finishAndReleaseAll();
  }

  @Test
  void discardsEverythingAfterFirstFault() {
    assertFault(
        () -> feed(Frames.frame(99, new byte[0])),
        Error.Code.CODE_UNKNOWN_TYPE,
        FrameHeader.TYPE_OFFSET);

    ByteBuf more = Unpooled.wrappedBuffer(concatenate(Samples.all()));
    channel.writeInbound(more);

    assertThat(received()).isEmpty();
    assertThat(more.refCnt()).isZero();
  }

  @Test
  void deliversWhatCameBeforeFaultInTheSameBuffer() {
    byte[] good = Frames.encode(Samples.hello());
    byte[] stream = Arrays.copyOf(good, good.length + 16);

    assertFault(() -> feed(stream), Error.Code.CODE_BAD_MAGIC, good.length);
    assertThat(received()).containsExactly(Samples.hello());
  }

  @Test
  void doesNotEncodeMessageOverItsLimit() {
    EmbeddedChannel encoder = new EmbeddedChannel(new FrameEncoder());
    Goodbye huge = Goodbye.newBuilder().setReason("x".repeat(1024)).build();

    assertThatThrownBy(() -> encoder.writeOutbound(huge))
        .isInstanceOf(EncoderException.class)
        .hasRootCauseMessage("type=GOODBYE, payload length=1027, limit=1024");
    assertThat(encoder.finishAndReleaseAll()).isFalse();
  }

  @Test
  void doesNotEncodePartOfMessage() {
    EmbeddedChannel encoder = new EmbeddedChannel(new FrameEncoder());

    assertThatThrownBy(() -> encoder.writeOutbound(WorkJob.getDefaultInstance()))
        .hasRootCauseInstanceOf(IllegalArgumentException.class);
    assertThat(encoder.finishAndReleaseAll()).isFalse();
  }

  private void feed(byte[] bytes) {
    channel.writeInbound(Unpooled.wrappedBuffer(bytes));
  }

  private List<MessageLite> received() {
    List<MessageLite> messages = new ArrayList<>();
    for (ReceivedFrame frame; (frame = channel.readInbound()) != null; ) {
      assertThat(frame.type()).isEqualTo(MessageType.of(frame.message()));
      messages.add(frame.message());
    }
    return messages;
  }

  private static byte[] concatenate(List<MessageLite> messages) {
    ByteBuf stream = Unpooled.buffer();
    messages.forEach(message -> stream.writeBytes(Frames.encode(message)));
    return Arrays.copyOf(stream.array(), stream.readableBytes());
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertFault(
      ThrowingCallable action, Error.Code code, long offset) {
    return assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            ProtocolException.class,
            fault -> {
              assertThat(fault.violation().code()).isEqualTo(code);
              assertThat(fault.offset()).isEqualTo(offset);
              assertThat(fault.getStackTrace()).isEmpty();
            });
  }
}
