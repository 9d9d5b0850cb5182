package io.p2pmining.master.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.p2pmining.common.connection.Closure;
import io.p2pmining.common.wire.v1.NoWork;
import io.p2pmining.common.wire.v1.WorkunitAssign;
import io.p2pmining.common.wire.v1.WorkunitCancel;
import io.p2pmining.common.wire.v1.WorkunitRequest;
import io.p2pmining.master.session.PeerEndpoint;
import io.p2pmining.master.session.ScriptedWorker;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** What an operator does to a peer, and what its worker is told. */
class PeerOperationsTest extends MasterTestBase {

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String PEER = ScriptedWorker.id(11).toString();
  private static final String NOBODY = "f".repeat(32);

  @Autowired private MockMvcTester mvc;
  @Autowired private PeerEndpoint endpoint;
  private ScriptedWorker worker;

  @BeforeEach
  void join() throws Exception {
    worker = ScriptedWorker.join(endpoint.address(), ScriptedWorker.id(11));
    worker.send(WorkunitRequest.newBuilder().setDepth(1).build());
    assertThat(worker.expect(WorkunitAssign.class).getUnitsCount()).isEqualTo(1);
  }

  @AfterEach
  void leave() {
    post("resume", "");
    worker.close();
    await()
        .atMost(LIMIT)
        .until(() -> body(mvc.get().uri("/peers/" + PEER).exchange()).contains("DISCONNECTED"));
  }

  @Test
  void drainTellsTheWorkerAndResumePutsItBack() throws Exception {
    MvcTestResult answer = post("drain", "{\"reason\": \"kernel update\"}");

    assertThat(answer)
        .hasStatusOk()
        .bodyJson()
        .hasPathSatisfying("$.standing.state", s -> assertThat(s).isEqualTo("DRAINING"))
        .hasPathSatisfying("$.standing.reason", r -> assertThat(r).isEqualTo("kernel update"));
    NoWork told = worker.expect(WorkunitAssign.class).getNoWork();
    assertThat(told.getReason()).isEqualTo(NoWork.Reason.REASON_DRAINING);
    assertThat(told.getDetail()).isEqualTo("drained: kernel update");
    assertThat(post("drain", "")).hasStatus(HttpStatus.CONFLICT);

    assertThat(post("resume", ""))
        .hasStatusOk()
        .bodyJson()
        .hasPathSatisfying("$.standing.state", s -> assertThat(s).isEqualTo("IN_SERVICE"));
    assertThat(post("resume", "")).hasStatus(HttpStatus.CONFLICT);
  }

  @Test
  void quarantineTakesWorkAwayUntilResumed() throws Exception {
    assertThat(post("quarantine", "{\"reason\": \"lies\", \"durationSeconds\": 3600}"))
        .hasStatusOk()
        .bodyJson()
        .hasPathSatisfying("$.standing.state", s -> assertThat(s).isEqualTo("QUARANTINED"))
        .hasPathSatisfying("$.standing.until", u -> assertThat(u).asString().endsWith("Z"));
    assertThat(worker.expect(WorkunitCancel.class).getUnitsCount()).isEqualTo(1);
    assertThat(worker.expect(WorkunitAssign.class).getNoWork().getDetail())
        .startsWith("quarantined until ")
        .endsWith(": lies");
    assertThat(post("drain", "")).hasStatus(HttpStatus.CONFLICT).bodyText().contains("resume it");

    post("resume", "");
    assertThat(worker.expect(WorkunitAssign.class).getUnitsCount()).isEqualTo(1);
  }

  @Test
  void longReasonsReachTheWorkerCut() throws Exception {
    post("drain", "{\"reason\": \"" + "ж".repeat(200) + "\"}");

    assertThat(worker.expect(WorkunitAssign.class).getNoWork().getDetail())
        .startsWith("drained: жж")
        .hasSizeLessThan(200);
  }

  @Test
  void disconnectSaysGoodbye() throws Exception {
    assertThat(post("disconnect", "")).hasStatusOk();

    assertThat(worker.awaitClosure())
        .isEqualTo(new Closure.PeerLeft("an operator ended the connection", true));
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(post("disconnect", ""))
                    .hasStatus(HttpStatus.CONFLICT)
                    .bodyText()
                    .contains("not connected"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"drain", "resume", "quarantine", "disconnect"})
  void doesNotKnowPeersThatNeverCame(String action) {
    for (String id : new String[] {NOBODY, "nobody"}) {
      assertThat(
              mvc.post().uri("/peers/" + id + "/" + action).contentType(MediaType.APPLICATION_JSON))
          .hasStatus(HttpStatus.NOT_FOUND);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"durationSeconds\": 0} | durationSeconds",
        "{\"durationSeconds\": 99999999999} | durationSeconds",
        "{\"durationSeconds\": \"long\"} | durationSeconds",
        "{\"reason\": \"a\\nb\"} | reason",
        "[] | JSON object"
      })
  void namesWhatIsWrongAndDoesNothing(String body, String complaint) {
    assertThat(post("quarantine", body))
        .hasStatus(HttpStatus.BAD_REQUEST)
        .bodyText()
        .contains(complaint);
    assertThat(mvc.get().uri("/peers/" + PEER)).bodyText().contains("IN_SERVICE");
  }

  private MvcTestResult post(String action, String body) {
    return mvc.post()
        .uri("/peers/" + PEER + "/" + action)
        .contentType(MediaType.APPLICATION_JSON)
        .content(body)
        .exchange();
  }

  private static String body(MvcTestResult answer) throws Exception {
    return answer.getResponse().getContentAsString();
  }
}
