package io.p2pmining.master.source.monero;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.p2pmining.master.source.monero.DaemonException.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonRpcTest {

  /** Far more than loopback needs, even on a busy machine. */
  private static final Duration AMPLE = Duration.ofSeconds(20);

  private static final Duration SHORT = Duration.ofMillis(400);

  private ScriptedDaemon daemon;
  private JsonRpc rpc;

  @BeforeEach
  void start() throws IOException {
    daemon = new ScriptedDaemon();
    rpc = rpc(daemon.url(), AMPLE);
  }

  @AfterEach
  void stop() {
    rpc.close();
    daemon.close();
  }

  @Test
  void sendsMethodAndParametersAndGivesTheResult() throws Exception {
    daemon.reply("ask", ScriptedDaemon.result("{\"x\": 1}"));

    assertThat(rpc.call("ask", List.of("p")).path("x").asInt()).isEqualTo(1);
    assertThat(daemon.requests().getFirst().path("params").path(0).asString()).isEqualTo("p");
    assertThat(daemon.requests().getFirst().path("jsonrpc").asString()).isEqualTo("2.0");
  }

  @Test
  void tellsADaemonsRefusalWithItsNumber() {
    daemon.reply("ask", ScriptedDaemon.error(-7, "Block not\\n\\u001b[31m accepted"));

    DaemonException refusal = failure();

    assertThat(refusal.kind()).isEqualTo(Kind.REFUSED);
    assertThat(refusal.code()).isEqualTo(-7);
    assertThat(refusal.reason()).isEqualTo("it says “Block not  [31m accepted” (-7)");
  }

  @Test
  void tellsABusyCoreFromARefusal() {
    daemon.reply("ask", ScriptedDaemon.error(-9, "Core is busy"));

    assertThat(failure().kind()).isEqualTo(Kind.BUSY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "nonsense", "[]", "null", "{}", "{\"result\": 1}", "{\"result\": null}", "{"})
  void refusesWhatIsNoResponse(String body) {
    daemon.reply("ask", ScriptedDaemon.body(body));

    assertThat(failure().kind()).isEqualTo(Kind.MALFORMED);
  }

  @Test
  void refusesNestingWithoutEnd() {
    daemon.reply("ask", ScriptedDaemon.body("[".repeat(1_000_000)));

    assertThat(failure().kind()).isEqualTo(Kind.MALFORMED);
  }

  @Test
  void refusesOtherStatusesAndFollowsNoRedirect() {
    daemon.reply(
        "ask",
        (exchange, _) -> {
          exchange.getResponseHeaders().add("Location", daemon.url() + "/json_rpc");
          ScriptedDaemon.send(exchange, 307, "");
        });

    assertThat(failure().reason()).contains("HTTP status 307");
    assertThat(daemon.requests("ask")).isEqualTo(1);
  }

  @Test
  void readsNoMoreThanItsBound() {
    daemon.reply(
        "ask",
        (exchange, _) -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] chunk = " ".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
          try (OutputStream out = exchange.getResponseBody()) {
            for (long sent = 0; sent < 1L << 32; sent += chunk.length) {
              out.write(chunk);
            }
          }
        });

    DaemonException failure = failure();

    assertThat(failure.kind()).isEqualTo(Kind.MALFORMED);
    assertThat(failure.reason()).contains("more than 4194304 bytes");
  }

  @Test
  void waitsNoLongerThanItsTimeoutForAnAnswer() {
    rpc = rpc(daemon.url(), SHORT);
    daemon.reply("ask", daemon.silence());

    DaemonException failure = failure();

    assertThat(failure.kind()).isEqualTo(Kind.UNANSWERED);
    assertThat(failure.reason()).isEqualTo("no answer within 400 ms");
  }

  @Test
  void waitsNoLongerThanItsTimeoutForAnAnswerThatDrips() {
    rpc = rpc(daemon.url(), SHORT);
    daemon.reply(
        "ask",
        (exchange, _) -> {
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream out = exchange.getResponseBody()) {
            while (true) {
              out.write(' ');
              out.flush();
              Thread.sleep(50);
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    long before = System.nanoTime();

    DaemonException failure = failure();

    assertThat(failure.kind()).isEqualTo(Kind.UNANSWERED);
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void sendsNothingTwiceOverABrokenConnection() {
    daemon.reply("ask", ScriptedDaemon.disconnect());

    assertThat(failure().kind()).isEqualTo(Kind.UNANSWERED);
    assertThat(daemon.requests("ask")).isEqualTo(1);
  }

  @Test
  void tellsThatNobodyListens() {
    daemon.stop();

    DaemonException failure = failure();

    assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(failure.reason()).isEqualTo("connection refused");
  }

  @Test
  void goesOnAfterARestartOfTheDaemon() throws Exception {
    daemon.reply("ask", ScriptedDaemon.result("{\"x\": 1}"));
    rpc.call("ask", Map.of());
    daemon.stop();
    daemon.restart();

    assertThat(rpc.call("ask", Map.of()).path("x").asInt()).isEqualTo(1);
  }

  private DaemonException failure() {
    return catchThrowableOfType(DaemonException.class, () -> rpc.call("ask", Map.of()));
  }

  private static JsonRpc rpc(String url, Duration timeout) {
    return new JsonRpc(
        NodeEndpoint.parseAll(List.of(url), null).getFirst(), settings(timeout, url));
  }

  static MoneroSettings settings(Duration timeout, String... urls) {
    return new MoneroSettings(
        List.of(urls),
        MoneroSourceIT.WALLET,
        null,
        List.of(),
        null,
        Duration.ofSeconds(1),
        Duration.ofSeconds(30),
        timeout,
        timeout,
        Duration.ofSeconds(10),
        Duration.ofMinutes(2));
  }
}
