package io.p2pmining.service.startup;

import ch.qos.logback.classic.LoggerContext;
import io.p2pmining.common.node.NodeId;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.boot.json.JsonWriter.Members;
import org.springframework.boot.json.JsonWriter.ValueProcessor;
import org.springframework.boot.logging.structured.StructuredLoggingJsonMembersCustomizer;

/**
 * Puts the node's id into structured logs as soon as it is known; lines before bear what the
 * settings say. Kept in Logback's context, which lives as long as the process. Safe for use by any
 * thread.
 */
public final class LoggedNodeId implements StructuredLoggingJsonMembersCustomizer<Object> {

  private static final String PROPERTY = "node-id";
  private static final String MEMBER = "service.node.name";

  /** From now on lines bear this id. */
  public static void set(NodeId id) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.putProperty(PROPERTY, id.toString());
    }
  }

  @Override
  public void customize(Members<Object> members) {
    members.applyingValueProcessor(
        ValueProcessor.of(String.class, LoggedNodeId::orKnown).whenHasPath(MEMBER));
  }

  private static @Nullable String orKnown(@Nullable String otherwise) {
    String id =
        LoggerFactory.getILoggerFactory() instanceof LoggerContext context
            ? context.getProperty(PROPERTY)
            : null;
    return id == null ? otherwise : id;
  }
}
