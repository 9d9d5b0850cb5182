package io.p2pmining.system;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The metrics of this project among all that a program tells, as a table for people. */
final class MetricsTable {

  private static final String OWN = "p2pmine_";
  private static final Pattern SAMPLE = Pattern.compile("(p2pmine_\\w+)(?:\\{(.*)})? \\S+");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

  private final Map<String, String> help = new TreeMap<>();
  private final Map<String, String> types = new TreeMap<>();
  private final Map<String, Set<String>> labels = new TreeMap<>();

  private MetricsTable() {}

  /** Reads what Prometheus would read. */
  static MetricsTable of(String exposition) {
    MetricsTable table = new MetricsTable();
    exposition.lines().forEach(table::read);
    return table;
  }

  private void read(String line) {
    String[] words = line.split(" ", 4);
    Matcher sample = SAMPLE.matcher(line);
    if (words.length == 4 && words[2].startsWith(OWN)) {
      (words[1].equals("HELP") ? help : types).put(words[2], words[3]);
    } else if (sample.matches() && sample.group(2) != null) {
      Set<String> names = labels.computeIfAbsent(family(sample.group(1)), f -> new TreeSet<>());
      Matcher label = LABEL.matcher(sample.group(2));
      while (label.find()) {
        names.add(label.group(1));
      }
      names.remove("le");
    }
  }

  private String family(String sample) {
    String base = sample.replaceFirst("_(bucket|count|sum)$", "");
    return types.getOrDefault(base, "").equals("histogram") ? base : sample;
  }

  /** The names that are described. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    for (String name : types.keySet()) {
      String base = name.replaceFirst("_max$", "");
      if (name.equals(base) || !types.getOrDefault(base, "").equals("histogram")) {
        names.add(name);
      }
    }
    return names;
  }

  /** The names without a description. */
  Set<String> undescribed() {
    Set<String> names = new LinkedHashSet<>(names());
    names.removeIf(name -> !help.getOrDefault(name, "").isBlank());
    return names;
  }

  String markdown() {
    return names().stream()
        .map(
            name ->
                "| `"
                    + name
                    + "` | "
                    + types.get(name)
                    + " | "
                    + labelsOf(name)
                    + " | "
                    + help.get(name)
                    + " |\n")
        .collect(
            Collectors.joining(
                "", "\n| metric | type | labels | |\n| --- | --- | --- | --- |\n", "\n"));
  }

  private String labelsOf(String name) {
    return labels.getOrDefault(name, Set.of()).stream()
        .map(label -> "`" + label + "`")
        .collect(Collectors.joining(", "));
  }
}
