package io.p2pmining.master.source.monero;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.p2pmining.master.source.monero.DaemonException.Kind;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoginTest {

  private static final String PASSWORD = "s3cr3t:with colon";

  private ScriptedDaemon daemon;

  @BeforeEach
  void start() throws Exception {
    daemon = new ScriptedDaemon();
  }

  @AfterEach
  void stop() {
    daemon.close();
  }

  @Test
  void answersTheChallengeOfEveryConnection() throws Exception {
    DigestGate gate = gate(0);
    try (JsonRpc rpc = rpc("alice:" + PASSWORD)) {
      for (int i = 0; i < 5; i++) {
        assertThat(rpc.call("ask", Map.of()).path("x").asInt()).isEqualTo(1);
      }
    }
    assertThat(gate.challenges()).isBetween(1, 5);
  }

  @Test
  void takesTheNewNonceWhenItsOwnIsStale() throws Exception {
    DigestGate gate = gate(1);
    try (JsonRpc rpc = rpc("alice:" + PASSWORD)) {
      assertThat(rpc.call("ask", Map.of()).path("x").asInt()).isEqualTo(1);
    }
    assertThat(gate.challenges()).isEqualTo(2);
  }

  @Test
  void tellsThatThereMustBeALogin() {
    gate(0);

    DaemonException failure = failure(null);

    assertThat(failure.kind()).isEqualTo(Kind.UNAUTHORIZED);
    assertThat(failure.reason()).contains("asks for a login").contains("monero.login");
  }

  @Test
  void tellsThatTheLoginIsWrongAndGivesUpAtOnce() {
    DigestGate gate = gate(0);

    DaemonException failure = failure("alice:wrong-hunter2");

    assertThat(failure.kind()).isEqualTo(Kind.UNAUTHORIZED);
    assertThat(failure.reason()).contains("refuses the login");
    assertThat(traceOf(failure)).doesNotContain("hunter2").doesNotContain("alice");
    assertThat(gate.challenges()).isEqualTo(2);
  }

  @Test
  void neverShowsThePasswordToWhoAsksForItPlainly() {
    List<String> seen = new CopyOnWriteArrayList<>();
    daemon.reply(
        "ask",
        (exchange, _) -> {
          seen.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
          exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"monero-rpc\"");
          ScriptedDaemon.send(exchange, 401, "");
        });

    assertThat(failure("alice:" + PASSWORD).kind()).isEqualTo(Kind.UNAUTHORIZED);
    assertThat(seen).containsExactly("null");
  }

  private DigestGate gate(int staleAnswers) {
    DigestGate gate =
        new DigestGate("alice", PASSWORD, staleAnswers, ScriptedDaemon.result("{\"x\": 1}"));
    daemon.reply("ask", gate);
    return gate;
  }

  private DaemonException failure(String login) {
    try (JsonRpc rpc = rpc(login)) {
      return catchThrowableOfType(DaemonException.class, () -> rpc.call("ask", Map.of()));
    }
  }

  private JsonRpc rpc(String login) {
    return new JsonRpc(
        NodeEndpoint.parseAll(List.of(daemon.url()), login).getFirst(),
        JsonRpcTest.settings(Duration.ofSeconds(20), daemon.url()));
  }

  private static String traceOf(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
