package io.p2pmining.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.system.Dashboards.Dashboard;
import io.p2pmining.system.Dashboards.Query;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What Grafana and a reader need of every panel. */
class DashboardsTest {

  private static final int COLUMNS = 24;
  private static final String DATA_SOURCE = "${datasource}";

  /** The panels of Grafana 10 and later that need no plugin and show series. */
  private static final Set<String> TYPES =
      Set.of("row", "stat", "timeseries", "table", "bargauge", "gauge", "state-timeline");

  @Test
  void thereAreThreeWithNamesOfTheirOwn() throws IOException {
    assertThat(Dashboards.all())
        .extracting(board -> board.json().path("title").asString())
        .containsExactlyInAnyOrder("Cluster", "Worker", "Master internals");
    assertThat(Dashboards.all())
        .extracting(board -> board.json().path("uid").asString())
        .doesNotHaveDuplicates()
        .allMatch(uid -> uid.matches("p2pmine-[a-z]+"));
  }

  @Test
  void everyPanelHasWhatGrafanaNeeds() throws IOException {
    List<String> flaws = new ArrayList<>();
    for (Dashboard board : Dashboards.all()) {
      Set<Integer> ids = new HashSet<>();
      for (JsonNode panel : board.panels()) {
        String where = board.file() + ", " + panel.path("title").asString();
        if (!ids.add(panel.path("id").asInt(-1))) {
          flaws.add(where + ": its id is missing or another's");
        }
        if (!TYPES.contains(panel.path("type").asString())) {
          flaws.add(where + ": type " + panel.path("type"));
        }
        flaws.addAll(flawsOfTargets(where, panel));
      }
    }
    assertThat(flaws).isEmpty();
  }

  private static List<String> flawsOfTargets(String where, JsonNode panel) {
    List<String> flaws = new ArrayList<>();
    Set<String> names = new HashSet<>();
    boolean isRow = panel.path("type").asString().equals("row");
    if (isRow != panel.path("targets").isEmpty()) {
      flaws.add(where + ": a panel asks something, and a row nothing");
    }
    for (JsonNode target : panel.path("targets")) {
      if (!names.add(target.path("refId").asString(""))) {
        flaws.add(where + ": two queries with one refId");
      }
      if (!target.path("datasource").path("uid").asString().equals(DATA_SOURCE)) {
        flaws.add(where + ": a query asks a data source that not everybody has");
      }
    }
    if (!isRow && !panel.path("datasource").path("uid").asString().equals(DATA_SOURCE)) {
      flaws.add(where + ": the data source is not the variable");
    }
    return flaws;
  }

  @Test
  void everyPanelHasATitleAUnitAndADescription() throws IOException {
    List<String> flaws = new ArrayList<>();
    for (Dashboard board : Dashboards.all()) {
      Set<String> titles = new HashSet<>();
      String row = "";
      for (JsonNode panel : board.panels()) {
        String title = panel.path("title").asString("");
        boolean isRow = panel.path("type").asString().equals("row");
        row = isRow ? title : row;
        String where = board.file() + ", " + row + ", " + title;
        if (title.isBlank() || !titles.add(row + "/" + title)) {
          flaws.add(where + ": no title of its own");
        }
        if (!isRow
            && (panel.path("description").asString("").isBlank()
                || panel
                    .path("fieldConfig")
                    .path("defaults")
                    .path("unit")
                    .asString("")
                    .isBlank())) {
          flaws.add(where + ": no unit or description");
        }
      }
    }
    assertThat(flaws).isEmpty();
  }

  @Test
  void noTwoPanelsOverlap() throws IOException {
    for (Dashboard board : Dashboards.all()) {
      Set<List<Integer>> taken = new HashSet<>();
      for (JsonNode panel : board.panels()) {
        JsonNode at = panel.path("gridPos");
        assertThat(at.path("x").asInt(-1)).as(board.file() + panel.path("title")).isNotNegative();
        assertThat(at.path("x").asInt() + at.path("w").asInt())
            .as(board.file() + panel.path("title"))
            .isLessThanOrEqualTo(COLUMNS);
        for (int x = at.path("x").asInt(); x < at.path("x").asInt() + at.path("w").asInt(); x++) {
          for (int y = at.path("y").asInt(); y < at.path("y").asInt() + at.path("h").asInt(); y++) {
            assertThat(taken.add(List.of(x, y)))
                .as("%s, %s at %d, %d", board.file(), panel.path("title"), x, y)
                .isTrue();
          }
        }
      }
    }
  }

  @Test
  void variablesAreDeclaredAndFewPanelsMayBeEmpty() throws IOException {
    List<Query> rare = new ArrayList<>();
    for (Dashboard board : Dashboards.all()) {
      assertThat(board.json().path("templating").path("list").path(0).path("name").asString())
          .as(board.file())
          .isEqualTo("datasource");
      assertThat(board.queries())
          .hasSizeGreaterThan(10)
          .extracting(Query::expression)
          .noneMatch(expression -> expression.contains("$"));
      board.queries().stream().filter(Query::mayBeEmpty).forEach(rare::add);
    }
    assertThat(rare)
        .as("the alerts, and a mark at each block in each dashboard")
        .hasSizeLessThanOrEqualTo(4);
  }
}
