package io.p2pmining.common.fuzz;

import com.google.protobuf.MessageLite;
import io.p2pmining.common.LeakCheck;
import io.p2pmining.common.Samples;
import io.p2pmining.common.frame.Frames;
import io.p2pmining.common.frame.Role;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Right conversations with a few bytes changed, cut, repeated: what fuzzing finds in seconds. */
@ExtendWith(LeakCheck.class)
class MutatedConversationTest {

  private static final int ROUNDS = 1_500;

  @ParameterizedTest
  @EnumSource
  void bytesMayBeDamagedAnywhere(Role victim) {
    byte[] stream = stream(said(victim.peer()));
    everyRound(
        (seed, random) -> {
          HostilePeer peer = new HostilePeer(victim);
          byte[] damaged = damage(stream, random);
          int split = random.nextInt(damaged.length + 1);
          peer.say(Arrays.copyOf(damaged, split));
          peer.say(Arrays.copyOfRange(damaged, split, damaged.length));
          peer.leave();
        });
  }

  @ParameterizedTest
  @EnumSource
  void payloadsMayBeDamagedUnderRightChecksums(Role victim) {
    byte[] script = HostilePeer.script(said(victim.peer()));
    everyRound(
        (seed, random) -> {
          HostilePeer peer = new HostilePeer(victim);
          peer.perform(damage(script, random));
          peer.leave();
        });
  }

  @Test
  void undamagedConversationsPass() {
    for (Role victim : Role.values()) {
      HostilePeer peer = new HostilePeer(victim);
      peer.say(stream(said(victim.peer())));
      peer.leave();
    }
  }

  @FunctionalInterface
  private interface Round {
    void play(long seed, RandomGenerator random);
  }

  private static void everyRound(Round round) {
    long base = 20261101;
    for (long seed = base; seed < base + ROUNDS; seed++) {
      try {
        round.play(seed, RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed=" + seed, e);
      }
    }
  }

  private static byte[] damage(byte[] original, RandomGenerator random) {
    byte[] bytes = original.clone();
    for (int i = random.nextInt(1, 4); i > 0 && bytes.length > 0; i--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt();
        case 2 -> bytes = Arrays.copyOf(bytes, at);
        case 3 -> bytes = splice(bytes, at, random.nextInt(bytes.length));
        default -> Arrays.fill(bytes, at, Math.min(at + 8, bytes.length), (byte) 0xff);
      }
    }
    return bytes;
  }

  /** The bytes before {@code cut}, followed by those from {@code resume} on. */
  private static byte[] splice(byte[] bytes, int cut, int resume) {
    ByteArrayOutputStream spliced = new ByteArrayOutputStream();
    spliced.write(bytes, 0, cut);
    spliced.write(bytes, resume, bytes.length - resume);
    return spliced.toByteArray();
  }

  static List<MessageLite> said(Role role) {
    return switch (role) {
      case WORKER ->
          List.of(
              Samples.hello(),
              Samples.capabilities(),
              Samples.request(),
              Samples.progress(),
              Samples.result(),
              Samples.heartbeat(),
              Samples.goodbye());
      case MASTER ->
          List.of(
              Samples.helloReply(),
              Samples.peerList(),
              Samples.assign(),
              Samples.ack(),
              Samples.cancel(),
              Samples.heartbeat(),
              Samples.error());
    };
  }

  static byte[] stream(List<MessageLite> messages) {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    messages.forEach(message -> stream.writeBytes(Frames.encode(message)));
    return stream.toByteArray();
  }
}
