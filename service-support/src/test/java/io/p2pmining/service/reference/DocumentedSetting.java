package io.p2pmining.service.reference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A line of the reference of settings. */
record DocumentedSetting(String name, String defaultValue, String values, boolean live) {

  private static final Path REFERENCE = Path.of("..", "docs", "settings.md");
  private static final Pattern LINE =
      Pattern.compile("\\| `([^`]+)` \\| (.+?) \\| (.+?) \\| (yes)? ?\\| .+ \\|");

  /** All lines, by name. */
  static Map<String, DocumentedSetting> all() throws IOException {
    Map<String, DocumentedSetting> all = new TreeMap<>();
    for (String line : Files.readAllLines(REFERENCE)) {
      Matcher matcher = LINE.matcher(line);
      if (matcher.matches()) {
        all.put(
            matcher.group(1),
            new DocumentedSetting(
                matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4) != null));
      }
    }
    return all;
  }

  /** Whether the line says this default; one that is worked out is told in words. */
  boolean hasDefault(String value) {
    return value.isEmpty() ? !defaultValue.isBlank() : defaultValue.startsWith("`" + value + "`");
  }
}
