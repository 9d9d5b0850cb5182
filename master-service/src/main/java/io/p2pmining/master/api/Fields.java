package io.p2pmining.master.api;

import io.p2pmining.common.work.Bytes;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The fields of a request's body. What is wrong with one is said with its name; one that nobody
 * asked for is a mistake of the client, who would think it had an effect.
 */
final class Fields {

  private static final String NOT_AN_OBJECT = "the body must be a JSON object";

  private final JsonNode body;
  private final Set<String> known = new HashSet<>();

  Fields(@Nullable JsonNode body) {
    if (body == null || !body.isObject()) {
      throw BadParameterException.superfluous("body", NOT_AN_OBJECT);
    }
    this.body = body;
  }

  /** Whether a field is there and not null. */
  boolean has(String name) {
    return find(name) != null;
  }

  private @Nullable JsonNode find(String name) {
    known.add(name);
    JsonNode value = body.get(name);
    return value == null || value.isNull() ? null : value;
  }

  private JsonNode get(String name, String requirement) {
    JsonNode value = find(name);
    if (value == null) {
      throw BadParameterException.missing(name, requirement);
    }
    return value;
  }

  String text(String name, String requirement) {
    JsonNode value = get(name, requirement);
    if (!value.isString()) {
      throw wrong(name, value, requirement);
    }
    return value.asString();
  }

  /** Bytes in hex. */
  Bytes hex(String name, int least, int most) {
    String requirement =
        least == most
            ? "must be " + most + " bytes in hex"
            : "must be %d to %d bytes in hex".formatted(least, most);
    String text = text(name, requirement);
    if (text.length() % 2 != 0) {
      throw new BadParameterException(
          name, text, requirement + ", two digits each, but has " + text.length() + " digits");
    }
    if (text.length() < 2 * least || text.length() > 2 * most) {
      throw new BadParameterException(
          name, text, requirement + ", but has " + text.length() / 2 + " bytes");
    }
    try {
      return Bytes.copyOf(HexFormat.of().parseHex(text));
    } catch (IllegalArgumentException e) {
      throw new BadParameterException(name, text, requirement + ", digits 0-9 and a-f only");
    }
  }

  /** A whole number. */
  long integer(String name, long least, long most) {
    String requirement = "must be a whole number from %d to %d".formatted(least, most);
    JsonNode value = get(name, requirement);
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.longValue() < least
        || value.longValue() > most) {
      throw wrong(name, value, requirement);
    }
    return value.longValue();
  }

  /** A whole number, or another if there is none. */
  long integer(String name, long least, long most, long otherwise) {
    return has(name) ? integer(name, least, most) : otherwise;
  }

  /** A whole number of any size; as a string of digits too, for clients whose numbers are small. */
  BigInteger bigInteger(String name, String requirement) {
    JsonNode value = get(name, requirement);
    if (value.isIntegralNumber()) {
      return value.bigIntegerValue();
    }
    if (value.isString() && value.asString().matches("[0-9]{1,80}")) {
      return new BigInteger(value.asString());
    }
    throw wrong(name, value, requirement);
  }

  /** Refuses fields that were not asked for. */
  void refuseOthers() {
    for (String name : body.propertyNames()) {
      if (!known.contains(name) && has(name)) {
        throw BadParameterException.superfluous(Echo.of(name), "there is no such field here");
      }
    }
  }

  private static BadParameterException wrong(String name, JsonNode value, String requirement) {
    return new BadParameterException(
        name, value.isString() ? value.asString() : value.toString(), requirement);
  }
}
