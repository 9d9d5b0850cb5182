package io.p2pmining.master.startup;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.bind.validation.ValidationErrors;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.origin.Origin;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.annotation.Order;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/** Names each setting that is not valid, its value and where it was set. */
@Order(0)
public final class InvalidSettingFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

  static final String REMEDY = "correct it and start again";

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
    BindValidationException validation = findCause(cause, BindValidationException.class);
    String problem =
        validation == null ? problemOf(cause) : problemOf(validation.getValidationErrors());
    return new FailureAnalysis(problem, REMEDY, cause);
  }

  private String problemOf(ValidationErrors errors) {
    return errors.getAllErrors().stream()
        .map(error -> problemOf(errors, error))
        .sorted()
        .collect(Collectors.joining("; "));
  }

  private static String problemOf(ValidationErrors errors, ObjectError error) {
    if (error instanceof FieldError field) {
      String name = errors.getName() + "." + DataObjectPropertyName.toDashedForm(field.getField());
      return name
          + "="
          + field.getRejectedValue()
          + place(Origin.from(error))
          + " is not valid: "
          + error.getDefaultMessage();
    }
    return errors.getName() + " is not valid: " + error.getDefaultMessage();
  }

  private String problemOf(BindException failure) {
    ConversionFailedException conversion = findCause(failure, ConversionFailedException.class);
    String reason =
        conversion == null
            ? NestedExceptionUtils.getMostSpecificCause(failure).getMessage()
            : "it must be " + describe(conversion.getTargetType().getType());
    var property = failure.getProperty();
    String value = property == null ? "" : "=" + property.getValue();
    return failure.getName() + value + place(failure.getOrigin()) + " is not valid: " + reason;
  }

  private static String describe(Class<?> type) {
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
          .collect(Collectors.joining(" or "));
    }
    return switch (type.getSimpleName()) {
      case "int", "Integer", "long", "Long" -> "a whole number";
      case "double", "Double" -> "a number";
      case "boolean", "Boolean" -> "true or false";
      case "Duration" -> "a duration such as 20s or 500ms";
      default -> "a valid " + type.getSimpleName();
    };
  }

  private static String place(@Nullable Origin origin) {
    return origin == null ? "" : " (" + origin + ")";
  }
}
