package io.p2pmining.service.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.common.trace.TraceContext;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class TraceScopeTest {

  private final TraceContext outer = TraceContext.begin(new Random(1));
  private final TraceContext inner = TraceContext.begin(new Random(2));

  @Test
  void namesTheInnermostTraceAndNoneOutside() {
    try (TraceScope scope = TraceScope.open(outer)) {
      TraceScope.within(inner, () -> assertNamed(inner));
      assertNamed(outer);
      TraceScope.within(null, () -> assertNamed(outer));
    }
    assertThat(MDC.get("traceId")).isNull();
    assertThat(MDC.get("spanId")).isNull();
  }

  private static void assertNamed(TraceContext trace) {
    assertThat(MDC.get("traceId")).isEqualTo(trace.traceId());
    assertThat(MDC.get("spanId")).isEqualTo(trace.spanId());
  }
}
