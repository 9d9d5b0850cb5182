package io.p2pmining.service.tracing;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.json.JsonWriter.Members;
import org.springframework.boot.logging.structured.StructuredLoggingJsonMembersCustomizer;

/**
 * Names the ids of a line's trace in structured logs as the Elastic Common Schema does: {@code
 * trace.id} and {@code span.id}, in place of the names that they have in the MDC.
 */
public final class LoggedTrace implements StructuredLoggingJsonMembersCustomizer<Object> {

  private static final Set<String> NAMES_IN_MDC = Set.of(TraceScope.TRACE_ID, TraceScope.SPAN_ID);

  @Override
  public void customize(Members<Object> members) {
    members.applyingPathFilter(path -> NAMES_IN_MDC.contains(path.toUnescapedString()));
    add(members, "trace", TraceScope.TRACE_ID);
    add(members, "span", TraceScope.SPAN_ID);
  }

  private static void add(Members<Object> members, String name, String key) {
    members
        .add(name)
        .when(event -> valueOf(event, key) != null)
        .usingMembers(inner -> inner.add("id", event -> valueOf(event, key)));
  }

  private static @Nullable String valueOf(Object event, String key) {
    return event instanceof ILoggingEvent logged ? logged.getMDCPropertyMap().get(key) : null;
  }
}
