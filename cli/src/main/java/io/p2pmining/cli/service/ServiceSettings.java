package io.p2pmining.cli.service;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Settings of a service in the order in which they were given; the last of a name counts. */
public final class ServiceSettings {

  private final Map<String, String> byName = new LinkedHashMap<>();

  /** Sets one; null leaves the service's default. */
  public ServiceSettings set(String name, @Nullable Object value) {
    if (value != null) {
      byName.put(name, value.toString());
    }
    return this;
  }

  /** Sets all of these. */
  public ServiceSettings setAll(Map<String, String> settings) {
    byName.putAll(settings);
    return this;
  }

  /** The settings by name, a copy. */
  public Map<String, String> asMap() {
    return new LinkedHashMap<>(byName);
  }

  /** The settings as arguments of the service. */
  List<String> asArguments() {
    return byName.entrySet().stream()
        .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
        .toList();
  }
}
