package io.p2pmining.service.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.tracing.Tracer;
import io.p2pmining.common.trace.TraceContext;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.otlp.OtlpTracingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.logging.OpenTelemetryLoggingAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

class TracingConfigurationTest {

  private static final TraceContext CALLER =
      TraceContext.parse("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01").orElseThrow();

  /** Nothing listens there; what is recorded here is not sent before the context is closed. */
  private static final String ENDPOINT = "http://127.0.0.1:9/v1/traces";

  @SpringBootConfiguration(proxyBeanMethods = false)
  @ImportAutoConfiguration({
    OpenTelemetrySdkAutoConfiguration.class,
    OpenTelemetryLoggingAutoConfiguration.class,
    OpenTelemetryTracingAutoConfiguration.class,
    OtlpTracingAutoConfiguration.class
  })
  @Import(TracingConfiguration.class)
  static class Service {}

  @ParameterizedTest
  @ValueSource(strings = {"", " "})
  void leavesOpenTelemetryOutWithoutAnEndpoint(String endpoint) {
    try (ConfigurableApplicationContext context = start(endpoint)) {
      Spans spans = context.getBean(Spans.class);

      assertThat(context.getBeanDefinitionNames()).noneMatch(name -> name.contains("otel"));
      assertThat(spans.areRecorded()).isFalse();
      assertThat(spans.current()).isEmpty();
      assertThat(spans.begin("unit", Spans.Kind.PRODUCER, CALLER, Map.of()).context())
          .isEqualTo(CALLER);
      assertThat(spans.begin("job", Spans.Kind.INTERNAL, null, Map.of()).context().traceId())
          .isNotEqualTo(
              spans.begin("job", Spans.Kind.INTERNAL, null, Map.of()).context().traceId());
    }
  }

  @Test
  void recordsSpansWithinTheTraceOfTheCaller() {
    try (ConfigurableApplicationContext context = start(ENDPOINT)) {
      Spans spans = context.getBean(Spans.class);

      assertThat(spans.areRecorded()).isTrue();
      for (boolean sampled : new boolean[] {true, false}) {
        TraceContext caller = new TraceContext(CALLER.traceId(), CALLER.spanId(), sampled);
        Spans.Span span = spans.begin("unit", Spans.Kind.PRODUCER, caller, Map.of("a", "b"));
        span.end("completed");
        assertThat(span.context().traceId()).isEqualTo(caller.traceId());
        assertThat(span.context().spanId()).isNotEqualTo(caller.spanId());
        assertThat(span.context().sampled()).isEqualTo(sampled);
      }
      assertThat(spans.begin("job", Spans.Kind.INTERNAL, null, Map.of()).context().traceId())
          .isNotEqualTo(CALLER.traceId());
    }
  }

  @Test
  void knowsTheSpanThatSpringHasBegun() {
    try (ConfigurableApplicationContext context = start(ENDPOINT)) {
      Tracer tracer = context.getBean(Tracer.class);
      Spans spans = context.getBean(Spans.class);
      io.micrometer.tracing.Span request = tracer.nextSpan().start();

      try (Tracer.SpanInScope scope = tracer.withSpan(request)) {
        assertThat(spans.current().orElseThrow().spanId()).isEqualTo(request.context().spanId());
      }
      assertThat(spans.current()).isEmpty();
    }
  }

  @Test
  void exportsNoLogs() {
    try (ConfigurableApplicationContext context = start(ENDPOINT)) {
      assertThat(context.getBeanNamesForType(OpenTelemetryLoggingAutoConfiguration.class))
          .isEmpty();
      assertThat(context.getBeanNamesForType(OpenTelemetryTracingAutoConfiguration.class))
          .hasSize(1);
    }
  }

  private static ConfigurableApplicationContext start(String endpoint) {
    return new SpringApplicationBuilder(Service.class)
        .web(WebApplicationType.NONE)
        .properties(
            "spring.config.location=optional:file:none/", TraceExport.ENDPOINT + "=" + endpoint)
        .run();
  }
}
