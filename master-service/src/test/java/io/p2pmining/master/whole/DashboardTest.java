package io.p2pmining.master.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.p2pmining.common.wire.v1.Heartbeat;
import io.p2pmining.common.wire.v1.Mode;
import io.p2pmining.master.peer.PeerStandings;
import io.p2pmining.master.session.PeerEndpoint;
import io.p2pmining.master.session.ScriptedWorker;
import io.p2pmining.master.work.PeerId;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** The dashboard as the master makes it, before any browser has seen it. */
class DashboardTest extends MasterTestBase {

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final List<String> PIECES = List.of("now", "peers", "work", "found", "events");

  /** What a strict policy would have to forbid: script and style in the page itself. */
  private static final Pattern INLINE =
      Pattern.compile("<script(?![^>]*\\ssrc=)|<style|\\sstyle=|\\son[a-z]+=|javascript:");

  private static final Pattern FOREIGN = Pattern.compile("(?:src|href|action)=\"(?:https?:)?//");

  @Autowired private MockMvcTester mvc;
  @Autowired private PeerEndpoint endpoint;
  @Autowired private PeerStandings standings;
  @Autowired private SampleSource source;

  @Test
  void thePageHoldsEveryPiece() throws Exception {
    String page = body("/");

    assertThat(page).contains("<html lang=\"en\"", "<h1>", "<main>");
    for (String piece : PIECES) {
      assertThat(page)
          .contains("id=\"" + piece + "\"", "data-piece=\"" + piece + "\"")
          .containsPattern("hx-get=\"/dashboard/" + piece + "[?\"]");
    }
    assertThat(page).doesNotContain("th:", "${");
  }

  @ParameterizedTest
  @ValueSource(strings = {"now", "peers", "work", "found", "events"})
  void eachPieceCanBeHadByItself(String piece) throws Exception {
    assertThat(body("/dashboard/" + piece).strip())
        .startsWith("<div id=\"" + piece + "\"")
        .doesNotContain("<html", "<body");
  }

  @Test
  void runsNothingButItsOwnFiles() throws Exception {
    MvcTestResult answer = mvc.get().uri("/").exchange();

    assertThat(answer).hasStatusOk();
    assertThat(answer.getResponse().getHeader("Content-Security-Policy"))
        .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
        .contains("connect-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")
        .doesNotContain("unsafe", "*", "http:", "https:", "data:");
    assertThat(answer.getResponse().getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.getResponse().getHeader("Referrer-Policy")).isEqualTo("no-referrer");
    String page = answer.getResponse().getContentAsString();
    assertThat(INLINE.matcher(page).results().map(match -> match.group())).isEmpty();
    assertThat(FOREIGN.matcher(page).results().map(match -> match.group())).isEmpty();
  }

  @Test
  void everyFileThatThePageNamesIsThereAndNotSentTwice() throws Exception {
    List<String> files =
        Pattern.compile("(?:src|href)=\"(/dashboard/files/[^\"]+)\"")
            .matcher(body("/"))
            .results()
            .map(match -> match.group(1))
            .toList();

    assertThat(files).hasSizeGreaterThanOrEqualTo(6);
    for (String file : files) {
      MvcTestResult answer = mvc.get().uri(file).exchange();
      assertThat(answer).as(file).hasStatusOk();
      String etag = answer.getResponse().getHeader("ETag");
      assertThat(etag).as(file).isNotNull();
      assertThat(mvc.get().uri(file).header("If-None-Match", etag))
          .as(file)
          .hasStatus(HttpStatus.NOT_MODIFIED);
    }
  }

  @Test
  void servesNoOtherFiles() {
    assertThat(mvc.get().uri("/dashboard/files/../../application.yml")).hasStatus4xxClientError();
    assertThat(mvc.get().uri("/dashboard/files/nothing.js")).hasStatus(HttpStatus.NOT_FOUND);
  }

  @ParameterizedTest
  @CsvSource({
    "show=SOME, must be one of",
    "sort=COLOUR, must be one of",
    "page=-1, page must be from 0",
    "page=x, page"
  })
  void saysWhatIsWrongWithAQuestion(String query, String complaint) {
    assertThat(mvc.get().uri("/dashboard/peers?" + query))
        .hasStatus(HttpStatus.BAD_REQUEST)
        .bodyText()
        .contains(complaint);
  }

  @Test
  void refusesTextThatNoNameHas() {
    assertThat(mvc.get().uri("/?q=" + "x".repeat(65))).hasStatus(HttpStatus.BAD_REQUEST);
  }

  @Test
  void doesNotKnowPeersThatNeverCame() {
    assertThat(mvc.get().uri("/dashboard/peers/nobody")).hasStatus(HttpStatus.NOT_FOUND);
    assertThat(mvc.get().uri("/dashboard/peers/" + "f".repeat(32))).hasStatus(HttpStatus.NOT_FOUND);
  }

  @Test
  void aSourceThatIsDownIsTheFirstProblemWithItsRemedy() throws Exception {
    source.turn(false);
    try {
      assertThat(body("/dashboard/now"))
          .contains("The source sample is down.", "Nobody answers; start it.", "Urgent");
    } finally {
      source.turn(true);
    }
    assertThat(body("/dashboard/now"))
        .doesNotContain("is down")
        .contains("The tip is stale: the source sample gave its last job");
  }

  @Test
  void showsAWorkerWithWhatItSaysAndTellsWhenItIsGone() throws Exception {
    PeerId id = new PeerId(ScriptedWorker.id(12).toString());
    try (ScriptedWorker worker = mining("<b>rig & co</b>")) {
      await()
          .atMost(LIMIT)
          .untilAsserted(
              () ->
                  assertThat(body("/dashboard/peers?q=" + id.hex()))
                      .contains("&lt;b&gt;rig &amp; co&lt;/b&gt;", "1.50 kH/s", "Mining", "light")
                      .contains("75.0 %")
                      .doesNotContain("<b>rig"));
      assertThat(body("/dashboard/now")).contains("Mining");
      assertThat(body("/dashboard/peers/" + id.hex()))
          .contains("Drain…", "Quarantine…", "Disconnect…", "8 cores", "16.0 GiB")
          .doesNotContain("Resume…");
      standings.quarantine(id, "lies", null);
      assertThat(body("/dashboard/now"))
          .contains("is quarantined until an operator resumes it: lies.");
      assertThat(body("/dashboard/peers?show=OUT_OF_SERVICE")).contains("Quarantined");
      assertThat(body("/dashboard/peers/" + id.hex())).contains("Resume…").doesNotContain("Drain…");
      standings.resume(id);
      assertThat(worker.isOpen()).isTrue();
    }
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(body("/dashboard/now"))
                    .contains("&lt;b&gt;rig &amp; co&lt;/b&gt; is gone: last heard of"));
    assertThat(body("/dashboard/peers?show=CONNECTED&q=" + id.hex())).contains("No worker is like");
    assertThat(body("/dashboard/events")).contains("&lt;/b&gt; is gone");
  }

  private ScriptedWorker mining(String name) throws Exception {
    ScriptedWorker worker =
        ScriptedWorker.join(endpoint.address(), ScriptedWorker.id(12), name, 2000);
    worker.beatWith(
        Heartbeat.newBuilder()
            .setState(Heartbeat.State.STATE_MINING)
            .setAlgorithm("sha256d")
            .setMode(Mode.MODE_LIGHT)
            .setHashesPerSecond(1500)
            .setHashesTotal(1)
            .build());
    return worker;
  }

  private String body(String uri) throws Exception {
    MvcTestResult answer = mvc.get().uri(uri).exchange();
    assertThat(answer).as(uri).hasStatusOk();
    return answer.getResponse().getContentAsString();
  }
}
