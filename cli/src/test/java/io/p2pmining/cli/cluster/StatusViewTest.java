package io.p2pmining.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.cli.terminal.Palette;
import io.p2pmining.cli.terminal.Text;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class StatusViewTest {

  private static final StatusView PLAIN = new StatusView(OptionalInt.empty(), Palette.NONE);

  @Test
  void answersAtAGlance() {
    List<String> lines = PLAIN.lines(ApiExamples.snapshot());

    assertThat(lines)
        .startsWith(
            "MINING  18.2 kH/s, 1 min 18.2 kH/s, 15 min 18.2 kH/s",
            "master  master 0.1.0 at http://127.0.0.1:8080, up 1 h 0 m",
            "source  monero, following the tip of 127.0.0.1:18081, height 3251907,"
                + " last job 33 s ago",
            "job     m-3251907-1, rx/0, difficulty 512 G, began 33 s ago",
            "shares  121 accepted, 1 rejected (1 stale)",
            "blocks  1 accepted, the last one 5 s ago at height 3251907",
            "");
    assertThat(lines.get(7)).startsWith("NAME   STATE   MODE       RATE   PART  SHARES");
    assertThat(lines.get(8)).startsWith("rig-1  mining  full  18.2 kH/s  100 %     121");
    assertThat(lines).hasSize(9);
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 60, 80, 132, 200})
  void fitsTheTerminal(int columns) {
    ObjectNode cluster = ApiExamples.of("/cluster");
    ((ObjectNode) cluster.path("sources").path(0)).put("up", false);

    List<String> lines =
        new StatusView(OptionalInt.of(columns), Palette.NONE)
            .lines(ApiExamples.snapshot(cluster, List.of(ApiExamples.item("/peers"))));

    assertThat(lines).allMatch(line -> Text.width(line) <= columns);
    assertThat(String.join(" ", lines)).contains("rig-1").contains("source monero is down");
  }

  @Test
  void saysWhyNothingIsMined() {
    ObjectNode cluster = ApiExamples.of("/cluster");
    byState(cluster, "MINING", 0);
    byState(cluster, "IDLE", 1);
    assertThat(headline(cluster)).isEqualTo("NOT MINING  no worker has work");

    byState(cluster, "PREPARING", 1);
    assertThat(headline(cluster)).startsWith("PREPARING  workers compute the tables");

    byState(cluster, "PREPARING", 0);
    ((ObjectNode) cluster.path("peers")).put("connected", 0);
    assertThat(headline(cluster)).isEqualTo("NOT MINING  no worker");

    ((ObjectNode) cluster.path("jobs")).put("active", 0);
    assertThat(headline(cluster)).isEqualTo("NOT MINING  no job");
  }

  @Test
  void leavesOutPeersThatAreLongGone() {
    ObjectNode gone = ApiExamples.item("/peers").put("name", "old").put("state", "DISCONNECTED");
    ObjectNode missed = gone.deepCopy().put("name", "missed");
    gone.put("lastSeenAt", "2026-11-01T08:00:00Z");

    String text =
        String.join(
            "\n",
            PLAIN.lines(ApiExamples.snapshot(ApiExamples.of("/cluster"), List.of(gone, missed))));

    assertThat(text).contains("missed  disconnected").doesNotContain("old ");
    assertThat(text).contains("! worker missed left 3 s ago");
  }

  @Test
  void showsNoNameThatWouldMoveTheCursor() {
    ObjectNode peer = ApiExamples.item("/peers").put("name", "x\u001b[2J");

    assertThat(PLAIN.lines(ApiExamples.snapshot(ApiExamples.of("/cluster"), List.of(peer))))
        .noneMatch(line -> line.contains("\u001b"))
        .anyMatch(line -> line.startsWith("x?[2J"));
  }

  private static String headline(ObjectNode cluster) {
    List<JsonNode> nobody = List.of();
    return PLAIN.lines(ApiExamples.snapshot(cluster, nobody)).getFirst();
  }

  private static void byState(ObjectNode cluster, String state, int count) {
    ((ObjectNode) cluster.path("peers").path("byState")).put(state, count);
  }
}
