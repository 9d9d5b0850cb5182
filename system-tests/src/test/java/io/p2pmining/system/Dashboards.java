package io.p2pmining.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The dashboards for Grafana as they are in the project. */
final class Dashboards {

  private static final Path FILES =
      Path.of(System.getProperty("p2pmine.root", ".."), "grafana", "dashboards");

  private Dashboards() {}

  /**
   * One of them.
   *
   * @param file its file's name
   * @param json all of it
   */
  record Dashboard(String file, JsonNode json) {

    List<JsonNode> panels() {
      return list(json.path("panels"));
    }

    /** What its panels and annotations ask, with values in the place of variables. */
    List<Query> queries() {
      List<Query> queries = new ArrayList<>();
      for (JsonNode panel : panels()) {
        boolean mayBeEmpty = panel.path("fieldConfig").path("defaults").has("noValue");
        String where = file + ", " + panel.path("title").asString();
        for (JsonNode target : panel.path("targets")) {
          queries.add(new Query(where, filled(target.path("expr").asString()), mayBeEmpty));
        }
      }
      for (JsonNode annotation : json.path("annotations").path("list")) {
        queries.add(
            new Query(file + ", annotation", filled(annotation.path("expr").asString()), true));
      }
      return queries;
    }

    private static String filled(String expression) {
      return expression.replace("$__rate_interval", "1m").replace("$name", ".*");
    }
  }

  /**
   * Something that is asked.
   *
   * @param where which panel asks
   * @param expression in Prometheus' language
   * @param mayBeEmpty whether the panel says itself what it shows if there is nothing
   */
  record Query(String where, String expression, boolean mayBeEmpty) {}

  static List<Dashboard> all() throws IOException {
    List<Dashboard> dashboards = new ArrayList<>();
    try (Stream<Path> files = Files.list(FILES)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        JsonNode json = JsonMapper.shared().readTree(Files.readAllBytes(file));
        dashboards.add(new Dashboard(file.getFileName().toString(), json));
      }
    }
    return dashboards;
  }

  static List<JsonNode> list(JsonNode array) {
    List<JsonNode> items = new ArrayList<>();
    array.forEach(items::add);
    return items;
  }
}
