package io.p2pmining.common.frame;

import com.google.protobuf.MessageLite;
import io.p2pmining.common.wire.v1.Capabilities;
import io.p2pmining.common.wire.v1.Error;
import io.p2pmining.common.wire.v1.Goodbye;
import io.p2pmining.common.wire.v1.Heartbeat;
import io.p2pmining.common.wire.v1.Hello;
import io.p2pmining.common.wire.v1.HelloReply;
import io.p2pmining.common.wire.v1.PeerList;
import io.p2pmining.common.wire.v1.WorkunitAck;
import io.p2pmining.common.wire.v1.WorkunitAssign;
import io.p2pmining.common.wire.v1.WorkunitCancel;
import io.p2pmining.common.wire.v1.WorkunitProgress;
import io.p2pmining.common.wire.v1.WorkunitRequest;
import io.p2pmining.common.wire.v1.WorkunitResult;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The messages of the protocol: their number on the wire, who sends them, and how long a payload
 * may be. Numbers are fixed for ever. A limit holds the largest message that the field rules allow,
 * with room for the fields of later versions; it is what a peer can make this side hold in memory.
 */
@SuppressWarnings("ImmutableEnumChecker") // the set is made by Set.of
public enum MessageType {
  HELLO(1, Set.of(Role.WORKER), 1024, Hello.getDefaultInstance()),
  HELLO_REPLY(2, Set.of(Role.MASTER), 1024, HelloReply.getDefaultInstance()),
  /** 32 algorithms with their names, modes and engines. */
  CAPABILITIES(3, Set.of(Role.WORKER), 8 * 1024, Capabilities.getDefaultInstance()),
  /** 128 peers with host names of up to 253 characters. */
  PEER_LIST(4, Set.of(Role.MASTER), 64 * 1024, PeerList.getDefaultInstance()),
  /** 64 held units. */
  WORKUNIT_REQUEST(5, Set.of(Role.WORKER), 4 * 1024, WorkunitRequest.getDefaultInstance()),
  /** 16 units, each with a job of its own whose blob has 4 KiB. */
  WORKUNIT_ASSIGN(6, Set.of(Role.MASTER), 128 * 1024, WorkunitAssign.getDefaultInstance()),
  WORKUNIT_PROGRESS(7, Set.of(Role.WORKER), 1024, WorkunitProgress.getDefaultInstance()),
  WORKUNIT_RESULT(8, Set.of(Role.WORKER), 1024, WorkunitResult.getDefaultInstance()),
  WORKUNIT_ACK(9, Set.of(Role.MASTER), 1024, WorkunitAck.getDefaultInstance()),
  /** 64 cancelled units. */
  WORKUNIT_CANCEL(10, Set.of(Role.MASTER), 4 * 1024, WorkunitCancel.getDefaultInstance()),
  DATASET_REQUEST(11),
  DATASET_OFFER(12),
  DATASET_CHUNK(13),
  HEARTBEAT(14, Set.of(Role.MASTER, Role.WORKER), 1024, Heartbeat.getDefaultInstance()),
  GOODBYE(15, Set.of(Role.MASTER, Role.WORKER), 1024, Goodbye.getDefaultInstance()),
  ERROR(16, Set.of(Role.MASTER, Role.WORKER), 1024, Error.getDefaultInstance());

  private static final Map<Integer, MessageType> BY_NUMBER =
      Stream.of(values()).collect(Collectors.toMap(MessageType::number, Function.identity()));
  private static final Map<Class<?>, MessageType> BY_PAYLOAD =
      Stream.of(values())
          .filter(type -> !type.isReserved())
          .collect(Collectors.toMap(type -> type.prototype().getClass(), Function.identity()));

  private final int number;
  private final Set<Role> senders;
  private final int payloadLimitBytes;
  private final @Nullable MessageLite prototype;

  MessageType(
      int number, Set<Role> senders, int payloadLimitBytes, @Nullable MessageLite prototype) {
    this.number = number;
    this.senders = senders;
    this.payloadLimitBytes = payloadLimitBytes;
    this.prototype = prototype;
  }

  /** A number that is taken but has no message yet. */
  MessageType(int number) {
    this(number, Set.of(), 0, null);
  }

  /** The type with this number; empty if there is none in this version of the protocol. */
  public static Optional<MessageType> ofNumber(int number) {
    return Optional.ofNullable(BY_NUMBER.get(number));
  }

  /**
   * The type that carries this message.
   *
   * @throws IllegalArgumentException if it is not a message of the protocol but a part of one
   */
  public static MessageType of(MessageLite message) {
    MessageType type = BY_PAYLOAD.get(message.getClass());
    if (type == null) {
      throw new IllegalArgumentException("no frame carries " + message.getClass().getName());
    }
    return type;
  }

  /** The number in the frame header. */
  public int number() {
    return number;
  }

  /** Who may send it; nobody if it is reserved. */
  public Set<Role> senders() {
    return senders;
  }

  /** The longest payload in bytes. */
  public int payloadLimitBytes() {
    return payloadLimitBytes;
  }

  /** Whether the number is kept for later; a peer that sends it gets ERROR UNSUPPORTED. */
  public boolean isReserved() {
    return prototype == null;
  }

  MessageLite prototype() {
    if (prototype == null) {
      throw new IllegalStateException("type=" + this + " is reserved and has no payload");
    }
    return prototype;
  }
}
