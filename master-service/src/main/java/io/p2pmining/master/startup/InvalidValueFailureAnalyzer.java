package io.p2pmining.master.startup;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.annotation.Order;

/** Names a setting of Spring Boot's own, such as {@code server.port}, that is not valid. */
@Order(0)
final class InvalidValueFailureAnalyzer
    extends AbstractFailureAnalyzer<InvalidConfigurationPropertyValueException> {

  @Override
  protected FailureAnalysis analyze(
      Throwable rootFailure, InvalidConfigurationPropertyValueException cause) {
    return new FailureAnalysis(
        cause.getName() + "=" + cause.getValue() + " is not valid: " + cause.getReason(),
        InvalidSettingFailureAnalyzer.REMEDY,
        cause);
  }
}
