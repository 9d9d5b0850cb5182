package io.p2pmining.cli.cluster;

import io.p2pmining.cli.terminal.Figures;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads what several views show; what an answer does not hold is shown as {@code -}. */
final class Fields {

  static final String NONE = "-";
  private static final int SHORT_ID = 8;

  private Fields() {}

  static String text(JsonNode item, String name) {
    String text = item.path(name).asString("");
    return text.isEmpty() ? NONE : text;
  }

  /** A sentence to go on from. */
  static String clause(JsonNode item, String name) {
    return text(item, name).replaceFirst("\\.$", "");
  }

  /** A constant of the API in words. */
  static String words(JsonNode item, String name) {
    return words(text(item, name));
  }

  /** The same of one that was read. */
  static String words(String constant) {
    return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** The beginning of an id or a hash. */
  static String shortId(JsonNode item, String name) {
    String id = text(item, name);
    return id.length() <= SHORT_ID ? id : id.substring(0, SHORT_ID);
  }

  static Optional<Duration> age(JsonNode item, String name, Instant now) {
    try {
      return Optional.of(Duration.between(Instant.parse(item.path(name).asString("")), now));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  static String ago(JsonNode item, String name, Instant now) {
    return age(item, name, now).map(Figures::ago).orElse(NONE);
  }

  /** The sum of counts by name. */
  static long sum(JsonNode counts) {
    return counts.valueStream().mapToLong(count -> count.asLong(0)).sum();
  }
}
