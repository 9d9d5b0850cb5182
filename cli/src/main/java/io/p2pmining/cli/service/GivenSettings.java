package io.p2pmining.cli.service;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * What an operator has set, wherever that was: on the command line, which beats the environment,
 * which beats the settings file. For commands that must know what services will read. Immutable.
 */
public final class GivenSettings {

  private static final List<String> ENVIRONMENT_PREFIXES = List.of("P2PMINE_", "SERVER_");

  private final Map<String, String> byPlainName;

  private GivenSettings(Map<String, String> byPlainName) {
    this.byPlainName = byPlainName;
  }

  /**
   * Reads what is set.
   *
   * @param commandLine by name, the settings given there
   * @param file of settings, which need not exist
   */
  public static GivenSettings of(Map<String, String> commandLine, Path file) {
    return of(commandLine, System.getenv(), file);
  }

  static GivenSettings of(
      Map<String, String> commandLine, Map<String, String> environment, Path file) {
    Map<String, String> all = new HashMap<>();
    readFile(file, all);
    environment.forEach(
        (name, value) -> {
          if (ENVIRONMENT_PREFIXES.stream().anyMatch(name::startsWith)) {
            all.put(plain(name), value);
          }
        });
    commandLine.forEach((name, value) -> all.put(plain(name), value));
    return new GivenSettings(all);
  }

  /** Nothing of a file that cannot be read: the services refuse it, and say why. */
  private static void readFile(Path file, Map<String, String> settings) {
    if (!Files.exists(file)) {
      return;
    }
    Map<String, String> found = new HashMap<>();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
      for (Object document : yaml.loadAll(reader)) {
        flatten("", document, found);
      }
      settings.putAll(found);
    } catch (IOException | YAMLException e) {
      System.getLogger(GivenSettings.class.getName())
          .log(System.Logger.Level.DEBUG, "{0} is not read: {1}", file, e);
    }
  }

  private static void flatten(String name, @Nullable Object node, Map<String, String> settings) {
    if (node instanceof Map<?, ?> map) {
      map.forEach((key, value) -> flatten(name + plain(String.valueOf(key)), value, settings));
    } else if (node instanceof List<?> list) {
      for (int index = 0; index < list.size(); index++) {
        flatten(name + "[" + index + "]", list.get(index), settings);
      }
    } else if (node != null) {
      settings.put(name, node.toString());
    }
  }

  /** Names are the same for the services however they separate words. */
  private static String plain(String name) {
    return name.replaceAll("[-_.]", "").toLowerCase(Locale.ROOT);
  }

  /** The value of a setting; empty if it is not set. */
  public Optional<String> value(String name) {
    return Optional.ofNullable(byPlainName.get(plain(name)))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  /** The value of a setting that is a number; what is none is left to the services to refuse. */
  public int number(String name, int otherwise) {
    try {
      return value(name).map(Integer::parseInt).orElse(otherwise);
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }

  /** The values of a setting that is a list, one by one or with commas. */
  public List<String> values(String name) {
    List<String> values = new ArrayList<>();
    Optional<String> next = element(name, 0);
    while (next.isPresent()) {
      values.add(next.get());
      next = element(name, values.size());
    }
    return values.isEmpty()
        ? value(name).stream()
            .flatMap(all -> Arrays.stream(all.split(",", -1)))
            .map(String::strip)
            .filter(one -> !one.isEmpty())
            .toList()
        : values;
  }

  /** The environment has no brackets: {@code …_URLS_0} is the first. */
  private Optional<String> element(String name, int index) {
    return value(name + "[" + index + "]").or(() -> value(name + index));
  }

  /**
   * The value of a setting in lower case; {@code auto} if it is not set, and {@code off} also where
   * YAML has made {@code false} of it.
   */
  public String choice(String name) {
    String value = byPlainName.getOrDefault(plain(name), "auto").strip().toLowerCase(Locale.ROOT);
    return value.equals("false") ? "off" : value;
  }
}
