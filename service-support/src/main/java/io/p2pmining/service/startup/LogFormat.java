package io.p2pmining.service.startup;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Makes {@code p2pmine.log.format} the format of the log, on the console and in files, before
 * anything is logged. Spring Boot's own settings of the two beat it.
 */
final class LogFormat implements EnvironmentPostProcessor, Ordered {

  private static final String SETTING = "p2pmine.log.format";
  private static final String TEXT = "text";
  private static final String ECS = "ecs";

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    String format = environment.getProperty(SETTING, TEXT).strip();
    switch (format) {
      case TEXT -> {
        // Lines for people, by the patterns of the settings.
      }
      case ECS ->
          environment
              .getPropertySources()
              .addLast(
                  new MapPropertySource(
                      SETTING,
                      Map.of(
                          "logging.structured.format.console", ECS,
                          "logging.structured.format.file", ECS)));
      default ->
          throw new StartupException(
              SETTING + "=" + format + " is not valid: it must be text or ecs",
              "correct it and start again",
              null);
    }
  }

  /** After the settings files are read. */
  @Override
  public int getOrder() {
    return Ordered.LOWEST_PRECEDENCE;
  }
}
