package io.p2pmining.master.settings;

import io.p2pmining.service.reference.DescribedSetting;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.lang.annotation.Annotation;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** The values that a setting may have, in the words of the reference. */
final class AllowedValues {

  private AllowedValues() {}

  /** Empty where no annotation tells. */
  static Optional<String> of(DescribedSetting setting) {
    return setting.component().flatMap(AllowedValues::of);
  }

  private static Optional<String> of(RecordComponent component) {
    if (component.getType().isEnum()) {
      return Optional.of(
          Stream.of(component.getType().getEnumConstants())
              .map(constant -> "`" + constant.toString().toLowerCase(Locale.ROOT) + "`")
              .collect(Collectors.joining(", ")));
    }
    return whole(component).or(() -> decimal(component)).or(() -> duration(component));
  }

  private static Optional<String> whole(RecordComponent component) {
    return find(component, Min.class)
        .map(least -> least.value() + " to " + required(component, Max.class).value());
  }

  private static Optional<String> decimal(RecordComponent component) {
    return find(component, DecimalMin.class)
        .map(least -> least.value() + " to " + required(component, DecimalMax.class).value());
  }

  private static Optional<String> duration(RecordComponent component) {
    return find(component, DurationMin.class)
        .map(
            least -> {
              DurationMax most = required(component, DurationMax.class);
              return text(
                      Duration.ofDays(least.days())
                          .plusHours(least.hours())
                          .plusMinutes(least.minutes())
                          .plusSeconds(least.seconds())
                          .plusMillis(least.millis()))
                  + " to "
                  + text(
                      Duration.ofDays(most.days())
                          .plusHours(most.hours())
                          .plusMinutes(most.minutes())
                          .plusSeconds(most.seconds())
                          .plusMillis(most.millis()));
            });
  }

  private static String text(Duration duration) {
    if (duration.toMillis() % 1000 != 0) {
      return duration.toMillis() + "ms";
    }
    if (duration.toSeconds() % 60 != 0 || duration.isZero()) {
      return duration.toSeconds() + "s";
    }
    if (duration.toMinutes() % 60 != 0) {
      return duration.toMinutes() + "m";
    }
    return duration.toHours() % 24 == 0 ? duration.toDays() + "d" : duration.toHours() + "h";
  }

  private static <A extends Annotation> A required(RecordComponent component, Class<A> type) {
    return find(component, type)
        .orElseThrow(() -> new AssertionError(component + " has no @" + type.getSimpleName()));
  }

  /** Constraints apply to the field behind the component. */
  private static <A extends Annotation> Optional<A> find(RecordComponent component, Class<A> type) {
    try {
      return Optional.ofNullable(
          component.getDeclaringRecord().getDeclaredField(component.getName()).getAnnotation(type));
    } catch (NoSuchFieldException e) {
      throw new AssertionError(e);
    }
  }
}
