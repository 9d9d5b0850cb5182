package io.p2pmining.worker.startup;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.origin.Origin;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.annotation.Order;
import org.springframework.core.convert.ConversionFailedException;

/** Names the setting that is not valid, its value, where it was set and what it may be. */
@Order(0)
public final class InvalidSettingFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
    return new FailureAnalysis(problemOf(cause), "correct it and start again", cause);
  }

  private String problemOf(BindException failure) {
    var unbound = findCause(failure, UnboundConfigurationPropertiesException.class);
    if (unbound != null) {
      return "there is no such setting: "
          + unbound.getUnboundProperties().stream()
              .map(property -> property.getName() + place(property.getOrigin()))
              .collect(Collectors.joining(", "));
    }
    var property = failure.getProperty();
    String setting =
        property == null
            ? failure.getName().toString()
            : property.getName() + "=" + property.getValue() + place(property.getOrigin());
    return setting + " is not valid: " + reasonOf(failure);
  }

  private String reasonOf(BindException failure) {
    Throwable root = NestedExceptionUtils.getMostSpecificCause(failure);
    var conversion = findCause(failure, ConversionFailedException.class);
    if (conversion == null) {
      return String.valueOf(root.getMessage());
    }
    Class<?> type = conversion.getTargetType().getType();
    if (type.isEnum()) {
      return "must be "
          + Arrays.stream(type.getEnumConstants())
              .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
              .collect(Collectors.joining(" or "));
    }
    return switch (type.getSimpleName()) {
      case "int", "Integer" -> "must be a whole number";
      case "Duration" -> "must be a duration such as 20s or 500ms";
      case "DataSize" -> "must be a size such as 64MB";
      default -> String.valueOf(root.getMessage());
    };
  }

  private static String place(@Nullable Origin origin) {
    return origin == null ? "" : " (" + origin + ")";
  }
}
