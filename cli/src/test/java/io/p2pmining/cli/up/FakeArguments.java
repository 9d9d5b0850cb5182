package io.p2pmining.cli.up;

import java.util.HashMap;
import java.util.Map;

/** Settings as a service gets them: {@code --name=value}. */
final class FakeArguments {

  private final Map<String, String> byName = new HashMap<>();

  FakeArguments(String... args) {
    for (String arg : args) {
      int equals = arg.indexOf('=');
      byName.put(arg.substring(2, equals), arg.substring(equals + 1));
    }
  }

  boolean has(String name) {
    return byName.containsKey(name);
  }

  String get(String name) {
    String value = byName.get(name);
    if (value == null) {
      throw new IllegalArgumentException("missing: --" + name);
    }
    return value;
  }
}
