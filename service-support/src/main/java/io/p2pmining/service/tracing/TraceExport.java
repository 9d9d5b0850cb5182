package io.p2pmining.service.tracing;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.util.StringUtils;

/**
 * Leaves Spring Boot's support for tracing and OpenTelemetry out unless spans have somewhere to go.
 * Without a collector it would load hundreds of classes, and keep a thread, for nothing: which
 * trace a line belongs to is known without it. Of what OpenTelemetry can export, spans are all that
 * is.
 */
final class TraceExport implements AutoConfigurationImportFilter, EnvironmentAware {

  /** Where spans are sent; empty for nowhere. */
  static final String ENDPOINT = "management.opentelemetry.tracing.export.otlp.endpoint";

  private static final String TRACING = "org.springframework.boot.micrometer.tracing.";
  private static final String OPENTELEMETRY = "org.springframework.boot.opentelemetry.";
  private static final String LOGGING = OPENTELEMETRY + "autoconfigure.logging.";

  private Environment environment = new StandardEnvironment();

  @Override
  public void setEnvironment(Environment environment) {
    this.environment = environment;
  }

  @Override
  public boolean[] match(
      @Nullable String[] autoConfigurationClasses, AutoConfigurationMetadata metadata) {
    boolean exports = StringUtils.hasText(environment.getProperty(ENDPOINT));
    boolean[] matches = new boolean[autoConfigurationClasses.length];
    for (int i = 0; i < matches.length; i++) {
      String name = autoConfigurationClasses[i];
      matches[i] = name == null || isWanted(name, exports);
    }
    return matches;
  }

  private static boolean isWanted(String name, boolean exports) {
    if (name.startsWith(LOGGING)) {
      return false;
    }
    return exports || !(name.startsWith(TRACING) || name.startsWith(OPENTELEMETRY));
  }
}
