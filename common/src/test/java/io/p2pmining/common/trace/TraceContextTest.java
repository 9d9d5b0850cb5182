package io.p2pmining.common.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {

  /** The example of W3C Trace Context, section 3.2.4. */
  private static final String EXAMPLE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  @Test
  void readsAndWritesTheHeader() {
    TraceContext trace = TraceContext.parse(EXAMPLE).orElseThrow();

    assertThat(trace)
        .isEqualTo(new TraceContext("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true))
        .hasToString(EXAMPLE);
    assertThat(EXAMPLE).hasSize(TraceContext.LENGTH);
  }

  @Test
  void knowsOfTheFlagsOnlyWhetherATraceIsSampled() {
    String head = EXAMPLE.substring(0, EXAMPLE.length() - 2);

    assertThat(TraceContext.parse(head + "00"))
        .hasValueSatisfying(t -> assertThat(t.sampled()).isFalse());
    assertThat(TraceContext.parse(head + "fe"))
        .hasValueSatisfying(t -> assertThat(t.sampled()).isFalse());
    assertThat(TraceContext.parse(head + "ff")).map(TraceContext::toString).hasValue(EXAMPLE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b70-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0\n",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0G",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7_01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0٣",
        "00_4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7_01",
      })
  void takesNothingElse(String text) {
    assertThat(TraceContext.parse(text)).isEmpty();
  }

  @Test
  void refusesIdsThatNoHeaderCouldHold() {
    String traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    for (String spanId : List.of("", "00f067aa0ba902b", "0000000000000000", "00F067AA0BA902B7")) {
      assertThatThrownBy(() -> new TraceContext(traceId, spanId, true))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("spanId=" + spanId);
    }
    assertThatThrownBy(() -> new TraceContext(traceId + "0", "00f067aa0ba902b7", true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("traceId=");
  }

  @Test
  void beginsTracesThatNobodyHasToRecord() {
    RandomGenerator random = new Random(1);
    TraceContext one = TraceContext.begin(random);
    TraceContext other = TraceContext.begin(random);

    assertThat(TraceContext.parse(one.toString())).hasValue(one);
    assertThat(one.sampled()).isFalse();
    assertThat(one.traceId()).isNotEqualTo(other.traceId());
  }

  @Test
  void goesOnInTheSameTrace() {
    TraceContext begun = TraceContext.parse(EXAMPLE).orElseThrow();
    TraceContext next = begun.next(new Random(1));

    assertThat(next.traceId()).isEqualTo(begun.traceId());
    assertThat(next.sampled()).isTrue();
    assertThat(next.spanId()).isNotEqualTo(begun.spanId());
  }

  @Test
  void makesNoIdOfZeros() {
    Iterator<Long> numbers = List.of(0L, 0L, 5L, 0L, 7L).iterator();

    assertThat(TraceContext.begin(numbers::next))
        .hasToString("00-00000000000000000000000000000005-0000000000000007-00");
  }
}
