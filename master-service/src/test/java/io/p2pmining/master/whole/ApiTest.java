package io.p2pmining.master.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

class ApiTest extends MasterTestBase {

  @Autowired private MockMvcTester mvc;
  @Autowired private SampleSource source;
  @LocalServerPort private int httpPort;

  @AfterEach
  void sourceIsWellAgain() {
    source.turn(true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/workunits", "/peers", "/jobs", "/shares", "/blocks"})
  void listsAnswerPages(String path) {
    assertThat(mvc.get().uri(path + "?page=3&size=7"))
        .hasStatusOk()
        .hasContentTypeCompatibleWith(MediaType.APPLICATION_JSON)
        .bodyJson()
        .hasPathSatisfying("$.items", items -> assertThat(items).asArray().isEmpty())
        .hasPathSatisfying("$.page", page -> assertThat(page).isEqualTo(3))
        .hasPathSatisfying("$.size", size -> assertThat(size).isEqualTo(7))
        .hasPathSatisfying("$.totalItems", total -> assertThat(total).isInstanceOf(Number.class));
  }

  @ParameterizedTest
  @CsvSource({"1m,5", "15m,5", "24h,120", "30d,3600"})
  void showsTheHashRateOfEachChart(String window, int step) {
    assertThat(mvc.get().uri("/cluster/hashrate?window=" + window))
        .hasStatusOk()
        .bodyJson()
        .hasPathSatisfying("$.window", w -> assertThat(w).isEqualTo(window))
        .hasPathSatisfying("$.stepSeconds", s -> assertThat(s).isEqualTo(step))
        .hasPathSatisfying(
            "$.samples[*].hashesPerSecond", s -> assertThat(s).asArray().isNotEmpty());
  }

  @Test
  void pagesHoldFiftyItemsUnlessAskedOtherwise() {
    assertThat(mvc.get().uri("/peers"))
        .bodyJson()
        .hasPathSatisfying("$.page", page -> assertThat(page).isEqualTo(0))
        .hasPathSatisfying("$.size", size -> assertThat(size).isEqualTo(50));
  }

  @ParameterizedTest
  @CsvSource({
    "/workunits?state=NAPPING,state",
    "/workunits?peer=xyz,peer",
    "/workunits?page=-1,page",
    "/workunits?page=99999999999,page",
    "/workunits?size=0,size",
    "/workunits?size=501,size",
    "/workunits?size=many,size",
    "/peers?state=7,state",
    "/jobs?state=NAPPING,state",
    "/jobs?page=,page",
    "/shares?peer=00,peer",
    "/blocks?outcome=LOST,outcome",
    "/cluster/hashrate?window=1y,window"
  })
  void namesTheParameterThatIsWrong(String path, String parameter) {
    MvcTestResult answer = mvc.get().uri(path).exchange();

    assertProblem(answer, HttpStatus.BAD_REQUEST);
    assertThat(answer)
        .bodyJson()
        .hasPathSatisfying("$.parameter", name -> assertThat(name).isEqualTo(parameter))
        .hasPathSatisfying("$.detail", detail -> assertThat(detail).asString().contains("must be"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/workunits/999999999",
        "/workunits/first",
        "/workunits/-1",
        "/peers/ffffffffffffffffffffffffffffffff",
        "/peers/nobody",
        "/jobs/none",
        "/nothing",
        "/workunits/1/more"
      })
  void doesNotFindWhatIsNotThere(String path) {
    assertProblem(mvc.get().uri(path).exchange(), HttpStatus.NOT_FOUND);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/cluster", "/jobs/none"})
  void answersWithinTheTraceOfTheRequest(String path) {
    String traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    String caller = "00-" + traceId + "-00f067aa0ba902b7-01";

    assertThat(answeredTrace(path, caller))
        .matches("00-" + traceId + "-[0-9a-f]{16}-01")
        .isNotEqualTo(caller);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "00-0-0-00", "no such trace\u2028INFO forged"})
  void beginsATraceForRequestsThatNameNone(String caller) {
    assertThat(answeredTrace("/cluster", caller)).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00");
  }

  private @Nullable String answeredTrace(String path, String caller) {
    return mvc.get()
        .uri(path)
        .header("traceparent", caller)
        .exchange()
        .getResponse()
        .getHeader("traceparent");
  }

  @Test
  void refusesOtherMethods() {
    assertProblem(
        mvc.put().uri("/shares").contentType(MediaType.APPLICATION_JSON).exchange(),
        HttpStatus.METHOD_NOT_ALLOWED);
    assertProblem(
        mvc.delete().uri("/peers/0").contentType(MediaType.APPLICATION_JSON).exchange(),
        HttpStatus.METHOD_NOT_ALLOWED);
  }

  @Test
  void refusesOtherRepresentations() {
    assertProblem(
        mvc.get().uri("/cluster").accept(MediaType.IMAGE_PNG).exchange(),
        HttpStatus.NOT_ACCEPTABLE);
  }

  @Test
  void answersWithProblemDetailsBeforeTheApplicationIsReached() throws IOException {
    String answer = raw("GET /pee%zzrs HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 400").contains("application/problem+json");
    assertThat(answer.substring(answer.indexOf("\r\n\r\n")))
        .contains("\"status\":400")
        .doesNotContain("<html")
        .doesNotContain("Tomcat");
  }

  @Test
  void readinessFollowsTheSource() {
    assertThat(mvc.get().uri("/actuator/health/readiness"))
        .hasStatusOk()
        .bodyText()
        .contains("all is well", "\"queue\"");

    source.turn(false);

    assertThat(mvc.get().uri("/actuator/health/readiness"))
        .hasStatus(HttpStatus.SERVICE_UNAVAILABLE)
        .bodyText()
        .contains("nobody answers; start it");
    assertThat(mvc.get().uri("/actuator/health/liveness")).hasStatusOk();
  }

  @Test
  void exposesNothingButHealthInfoAndMetrics() {
    for (String endpoint : new String[] {"env", "beans", "heapdump", "loggers", "metrics"}) {
      assertThat(mvc.get().uri("/actuator/" + endpoint)).hasStatus(HttpStatus.NOT_FOUND);
    }
    assertThat(mvc.get().uri("/actuator/info")).hasStatusOk();
    assertThat(mvc.get().uri("/actuator/prometheus")).hasStatusOk();
  }

  private static void assertProblem(MvcTestResult answer, HttpStatus status) {
    assertThat(answer)
        .hasStatus(status)
        .hasContentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON)
        .bodyJson()
        .hasPathSatisfying("$.status", value -> assertThat(value).isEqualTo(status.value()))
        .hasPathSatisfying(
            "$.title", title -> assertThat(title).isEqualTo(status.getReasonPhrase()));
    assertThat(answer).bodyText().doesNotContain("Exception", "\tat ");
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), httpPort)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
