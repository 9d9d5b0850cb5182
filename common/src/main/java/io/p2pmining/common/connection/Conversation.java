package io.p2pmining.common.connection;

import io.p2pmining.common.frame.MessageType;
import io.p2pmining.common.frame.ProtocolException;
import io.p2pmining.common.frame.Role;
import io.p2pmining.common.wire.v1.Error;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The order of messages in one connection, the same on both sides. Owned by its channel's event
 * loop.
 *
 * <pre>
 *  AWAIT_HELLO ──HELLO──▶ AWAIT_HELLO_REPLY ──HELLO_REPLY──▶ AWAIT_CAPABILITIES
 *       │                        │                                 │ CAPABILITIES
 *       │                        │                                 ▼
 *       └──────── GOODBYE, ERROR ┴───────▶ ENDED ◀─GOODBYE, ERROR─ READY ⟲ all but the handshake
 * </pre>
 *
 * Each side follows what it sends and what it receives, so the two are never further apart than the
 * messages on their way. Every message that is allowed after a step is also allowed after the
 * sender's next step; that is why it cannot become out of order while it travels.
 */
public final class Conversation {

  /** What has been said so far. */
  @SuppressWarnings("ImmutableEnumChecker") // the sets cannot be modified
  public enum State {
    /** Connected; the worker speaks first. */
    AWAIT_HELLO(Set.of(MessageType.HELLO), Set.of()),
    /** The master answers. */
    AWAIT_HELLO_REPLY(Set.of(), Set.of(MessageType.HELLO_REPLY)),
    /** The worker says what it can do. */
    AWAIT_CAPABILITIES(
        Set.of(MessageType.CAPABILITIES), Set.of(MessageType.PEER_LIST, MessageType.HEARTBEAT)),
    /** Work and results flow. */
    READY(afterHandshake(Role.WORKER), afterHandshake(Role.MASTER)),
    /** One side has said GOODBYE or ERROR; nothing comes after that. */
    ENDED(Set.of(), Set.of());

    private final Set<MessageType> fromWorker;
    private final Set<MessageType> fromMaster;

    State(Set<MessageType> fromWorker, Set<MessageType> fromMaster) {
      this.fromWorker = fromWorker;
      this.fromMaster = fromMaster;
    }

    /** What {@code sender} may say in this state. */
    public Set<MessageType> allowedFrom(Role sender) {
      Set<MessageType> allowed = EnumSet.noneOf(MessageType.class);
      allowed.addAll(sender == Role.WORKER ? fromWorker : fromMaster);
      if (this != ENDED) {
        allowed.add(MessageType.GOODBYE);
        allowed.add(MessageType.ERROR);
      }
      return allowed;
    }

    private static Set<MessageType> afterHandshake(Role sender) {
      return Stream.of(MessageType.values())
          .filter(type -> type.senders().contains(sender))
          .filter(type -> type != MessageType.HELLO && type != MessageType.HELLO_REPLY)
          .collect(Collectors.toUnmodifiableSet());
    }

    private boolean allows(Role sender, MessageType type) {
      return switch (type) {
        case GOODBYE, ERROR -> this != ENDED;
        default -> (sender == Role.WORKER ? fromWorker : fromMaster).contains(type);
      };
    }
  }

  private State state = State.AWAIT_HELLO;

  public State state() {
    return state;
  }

  /** Whether {@code sender} may say this now. */
  public boolean allows(Role sender, MessageType type) {
    return state.allows(sender, type);
  }

  /** Nothing may be said from now on. */
  public void end() {
    state = State.ENDED;
  }

  /**
   * Requires that {@code sender} may say this now; changes nothing.
   *
   * @throws ProtocolException OUT_OF_ORDER if not
   */
  public void check(Role sender, MessageType type) throws ProtocolException {
    if (!allows(sender, type)) {
      throw ProtocolException.of(
          Error.Code.CODE_OUT_OF_ORDER,
          "%s from a %s in state %s, allowed=%s"
              .formatted(type, sender, state, state.allowedFrom(sender)));
    }
  }

  /**
   * Takes the step that this message means.
   *
   * @throws ProtocolException OUT_OF_ORDER if {@code sender} may not say it now; the state stays
   */
  public void advance(Role sender, MessageType type) throws ProtocolException {
    check(sender, type);
    state =
        switch (type) {
          case HELLO -> State.AWAIT_HELLO_REPLY;
          case HELLO_REPLY -> State.AWAIT_CAPABILITIES;
          case CAPABILITIES -> State.READY;
          case GOODBYE, ERROR -> State.ENDED;
          default -> state;
        };
  }
}
