package io.p2pmining.common;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.ProtocolMessageEnum;
import com.google.protobuf.TextFormat;
import io.p2pmining.common.connection.ConnectionLimits;
import io.p2pmining.common.connection.Conversation;
import io.p2pmining.common.connection.MessageRules;
import io.p2pmining.common.frame.Frames;
import io.p2pmining.common.frame.MessageType;
import io.p2pmining.common.frame.Role;
import io.p2pmining.common.node.KnownPeers;
import io.p2pmining.common.wire.v1.Error;
import io.p2pmining.common.wire.v1.FoundShare;
import io.p2pmining.common.wire.v1.WorkJob;
import io.p2pmining.common.wire.v1.WorkunitAck;
import io.p2pmining.common.wire.v1.WorkunitAssign;
import io.p2pmining.common.wire.v1.WorkunitResult;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/protocol.md says what the code does. */
class ProtocolDocumentTest {

  private static final Path SCHEMA = Path.of("src/main/proto/io/p2pmining/protocol.proto");

  private final String document = read(Path.of("../docs/protocol.md"));

  @ParameterizedTest
  @EnumSource
  void listsEachTypeWithItsNumberSendersAndLimit(MessageType type) {
    String sender =
        switch (type.senders().size()) {
          case 0 -> "reserved";
          case 1 -> type.senders().iterator().next().name().toLowerCase(Locale.ROOT);
          default -> "both";
        };

    assertThat(document)
        .contains(
            "| %s | %d | %s | %d |"
                .formatted(type, type.number(), sender, type.payloadLimitBytes()));
  }

  @ParameterizedTest
  @EnumSource
  void listsWhatMayBeSentInEachState(Conversation.State state) {
    assertThat(document)
        .contains(
            "| %s | %s | %s |"
                .formatted(state, allowed(state, Role.WORKER), allowed(state, Role.MASTER)));
  }

  private static String allowed(Conversation.State state, Role sender) {
    Set<MessageType> types = state.allowedFrom(sender);
    return types.isEmpty()
        ? "nothing"
        : types.stream().map(MessageType::name).collect(Collectors.joining(", "));
  }

  @ParameterizedTest
  @MethodSource("codes")
  void listsEachCodeWithItsNumber(String name, int number) {
    assertThat(document).contains("| %s | %d |".formatted(name, number));
  }

  static Stream<Arguments> codes() {
    return Stream.of(
            named("CODE_", Error.Code.values()),
            named("VERDICT_", WorkunitAck.Verdict.values()),
            named("REJECTION_", WorkunitAck.Rejection.values()))
        .flatMap(codes -> codes);
  }

  private static <E extends Enum<E> & ProtocolMessageEnum> Stream<Arguments> named(
      String prefix, E[] values) {
    return Arrays.stream(values)
        .filter(value -> !value.name().equals("UNRECOGNIZED"))
        .map(value -> Arguments.of(value.name().substring(prefix.length()), value.getNumber()));
  }

  @Test
  void listsEachLimitOfTheRules() throws IllegalAccessException {
    List<Field> limits =
        Arrays.stream(MessageRules.class.getFields())
            .filter(field -> field.getType().isPrimitive())
            .toList();
    assertThat(limits).hasSizeGreaterThan(15);
    for (Field limit : limits) {
      assertThat(document).contains("| `%s` | %s |".formatted(limit.getName(), limit.get(null)));
    }
  }

  @Test
  void namesTheLimitsOfConnections() {
    ConnectionLimits limits = ConnectionLimits.DEFAULT;
    assertThat(document)
        .contains("until CAPABILITIES | %d s,".formatted(limits.handshakeTimeout().toSeconds()))
        .contains("for the peer to close | %d ms |".formatted(limits.linger().toMillis()))
        .contains("at most %d bytes (1 MiB)".formatted(limits.outboundBytes()))
        .contains("remembers at most %d,".formatted(KnownPeers.CAPACITY));
  }

  @Test
  void holdsTheWholeSchema() {
    assertThat(document)
        .as("the schema in docs/protocol.md: copy %s into its last block", SCHEMA)
        .contains("```proto\n" + read(SCHEMA).strip() + "\n```");
  }

  @ParameterizedTest
  @MethodSource("samples")
  void exampleFrameIsWhatTheCodeSends(Message sample) throws TextFormat.ParseException {
    MessageType type = MessageType.of(sample);
    Message.Builder message = sample.newBuilderForType();
    TextFormat.merge(example(type, "textproto"), message);

    assertThat(HexFormat.of().formatHex(Frames.encode(message.build())))
        .isEqualTo(example(type, "hex").replaceAll("\\s", ""));
  }

  static Stream<Message> samples() {
    return Samples.all().stream().map(Message.class::cast);
  }

  @Test
  void exampleShareIsShare() throws Exception {
    WorkunitAssign.Builder assign = WorkunitAssign.newBuilder();
    TextFormat.merge(example(MessageType.WORKUNIT_ASSIGN, "textproto"), assign);
    WorkunitResult.Builder result = WorkunitResult.newBuilder();
    TextFormat.merge(example(MessageType.WORKUNIT_RESULT, "textproto"), result);
    WorkJob job = assign.getUnits(0).getJob();
    FoundShare share = result.getShare();

    byte[] blob = job.getBlob().toByteArray();
    for (int i = 0; i < MessageRules.NONCE_BYTES; i++) {
      blob[job.getNonceOffset() + i] = (byte) (share.getNonce() >>> (8 * i));
    }
    assertThat(blob).isEqualTo(bytes("blob"));
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    byte[] hash = sha256.digest(sha256.digest(blob));
    assertThat(hash).isEqualTo(bytes("hash")).isEqualTo(share.getHash().toByteArray());
    assertThat(reversed(hash))
        .isLessThanOrEqualTo(reversed(assign.getUnits(0).getShareTarget().toByteArray()));
  }

  /** Big-endian hex: its order as text is that of the numbers. */
  private static String reversed(byte[] littleEndian) {
    ByteString.Output reversed = ByteString.newOutput();
    for (int i = littleEndian.length - 1; i >= 0; i--) {
      reversed.write(littleEndian[i]);
    }
    return HexFormat.of().formatHex(reversed.toByteString().toByteArray());
  }

  private byte[] bytes(String language) {
    return HexFormat.of().parseHex(block(document, language).replaceAll("\\s", ""));
  }

  private String example(MessageType type, String language) {
    int start = document.indexOf("\n### " + type + "\n");
    assertThat(start).as("section of %s", type).isPositive();
    return block(document.substring(start), language);
  }

  private static String block(String text, String language) {
    Matcher matcher =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(text);
    assertThat(matcher.find()).as("a block of %s", language).isTrue();
    return matcher.group(1);
  }

  private static String read(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new AssertionError("tests run in the directory of their module: " + path, e);
    }
  }
}
