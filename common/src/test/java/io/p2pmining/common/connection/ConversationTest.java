package io.p2pmining.common.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.p2pmining.common.connection.Conversation.State;
import io.p2pmining.common.frame.MessageType;
import io.p2pmining.common.frame.ProtocolException;
import io.p2pmining.common.frame.Role;
import io.p2pmining.common.wire.v1.Error;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConversationTest {

  @ParameterizedTest
  @EnumSource
  void allowsExactlyWhatItSays(State state) {
    for (Role sender : Role.values()) {
      for (MessageType type : MessageType.values()) {
        Conversation conversation = in(state);
        if (state.allowedFrom(sender).contains(type)) {
          assertThatCode(() -> conversation.advance(sender, type)).doesNotThrowAnyException();
        } else {
          assertThatThrownBy(() -> conversation.advance(sender, type))
              .isInstanceOfSatisfying(
                  ProtocolException.class,
                  fault ->
                      assertThat(fault.violation().code()).isEqualTo(Error.Code.CODE_OUT_OF_ORDER))
              .hasMessageContaining(type.name())
              .hasMessageContaining(state.name());
          assertThat(conversation.state()).isEqualTo(state);
        }
      }
    }
  }

  @Test
  void everyMessageHasItsPlaceAndItsSenders() {
    for (MessageType type : MessageType.values()) {
      Set<Role> senders = new HashSet<>();
      for (State state : State.values()) {
        for (Role sender : Role.values()) {
          if (state.allowedFrom(sender).contains(type)) {
            senders.add(sender);
          }
        }
      }
      assertThat(senders).as("%s", type).isEqualTo(type.senders());
    }
  }

  @Test
  void nothingIsSaidAfterTheEnd() {
    assertThat(State.ENDED.allowedFrom(Role.MASTER)).isEmpty();
    assertThat(State.ENDED.allowedFrom(Role.WORKER)).isEmpty();
  }

  @Test
  void refusalTellsWhatWouldBeAllowed() {
    assertThatThrownBy(() -> new Conversation().advance(Role.WORKER, MessageType.WORKUNIT_REQUEST))
        .hasMessageContaining("allowed=[HELLO, GOODBYE, ERROR]");
  }

  /** Two ends with messages under way between them, each saying whatever its own view allows. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void messagesUnderWayNeverBecomeOutOfOrder(long seed) throws ProtocolException {
    Random random = new Random(seed);
    for (int run = 0; run < 200; run++) {
      List<End> ends = List.of(new End(Role.MASTER), new End(Role.WORKER));
      for (int step = 0; step < 50; step++) {
        End end = ends.get(random.nextInt(2));
        End other = ends.get(1 - ends.indexOf(end));
        if (random.nextBoolean()) {
          end.sayAnything(random);
        } else if (!other.underWay.isEmpty()) {
          end.hear(other.underWay.remove(), "seed=" + seed + ", run=" + run + ", step=" + step);
        }
      }
    }
  }

  private static final class End {
    private final Role role;
    private final Conversation conversation = new Conversation();
    private final Queue<MessageType> underWay = new ArrayDeque<>();

    End(Role role) {
      this.role = role;
    }

    void sayAnything(Random random) throws ProtocolException {
      Set<MessageType> allowed = EnumSet.noneOf(MessageType.class);
      allowed.addAll(conversation.state().allowedFrom(role));
      if (random.nextInt(20) > 0) {
        allowed.removeAll(Set.of(MessageType.GOODBYE, MessageType.ERROR));
      }
      if (!allowed.isEmpty()) {
        MessageType type = new ArrayList<>(allowed).get(random.nextInt(allowed.size()));
        conversation.advance(role, type);
        underWay.add(type);
      }
    }

    void hear(MessageType type, String where) {
      if (conversation.state() != State.ENDED) {
        assertThatCode(() -> conversation.advance(role.peer(), type))
            .as(where)
            .doesNotThrowAnyException();
      }
    }
  }

  private static Conversation in(State state) {
    Conversation conversation = new Conversation();
    try {
      if (state.compareTo(State.AWAIT_HELLO) > 0) {
        conversation.advance(Role.WORKER, MessageType.HELLO);
      }
      if (state.compareTo(State.AWAIT_HELLO_REPLY) > 0) {
        conversation.advance(Role.MASTER, MessageType.HELLO_REPLY);
      }
      if (state.compareTo(State.AWAIT_CAPABILITIES) > 0) {
        conversation.advance(Role.WORKER, MessageType.CAPABILITIES);
      }
      if (state.compareTo(State.READY) > 0) {
        conversation.advance(Role.WORKER, MessageType.GOODBYE);
      }
    } catch (ProtocolException e) {
      throw new AssertionError("the handshake itself is out of order", e);
    }
    assertThat(conversation.state()).isEqualTo(state);
    return conversation;
  }
}
