package io.p2pmining.master.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What browsers can be made to send, over real HTTP. */
class BrowserSafetyTest extends MasterTestBase {

  private static final String JSON = "Content-Type: application/json";

  @LocalServerPort private int httpPort;

  @Test
  void readsUnderItsOwnNames() throws IOException {
    assertThat(send("GET", "/cluster", "Host: 127.0.0.1:" + httpPort)).startsWith("HTTP/1.1 200");
    assertThat(send("GET", "/cluster", "Host: localhost:" + httpPort)).startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/cluster", "/peers", "/no-such-page"})
  void showsNothingToRebindingPages(String path) throws IOException {
    String answer = send("GET", path, "Host: evil.example:" + httpPort);

    assertThat(answer)
        .startsWith("HTTP/1.1 403")
        .contains("application/problem+json", "evil.example", "p2pmine.master.api.allowed-hosts")
        .doesNotContain("instanceId");
  }

  @Test
  void monitorsReadUnderWhateverName() throws IOException {
    assertThat(send("GET", "/actuator/health/liveness", "Host: p2pmine-master:8080"))
        .startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
  void changesNothingForPagesOfOthers(String method) throws IOException {
    String answer = send(method, "/jobs", own(), JSON, "Origin: http://evil.example");

    assertThat(answer)
        .startsWith("HTTP/1.1 403")
        .contains("application/problem+json", "http://evil.example", "allowed-hosts");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "http://localhost:1", "file://"})
  void changesNothingForPagesFromNowhere(String origin) throws IOException {
    assertThat(send("POST", "/jobs", own(), JSON, "Origin: " + origin)).startsWith("HTTP/1.1 403");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/jsonp",
        "nonsense"
      })
  void takesNoForms(String type) throws IOException {
    assertThat(send("POST", "/jobs", own(), "Content-Type: " + type))
        .startsWith("HTTP/1.1 415")
        .contains("application/problem+json", "Content-Type: application/json");
  }

  @Test
  void takesNothingWithoutAContentType() throws IOException {
    assertThat(send("DELETE", "/jobs/1", own()))
        .startsWith("HTTP/1.1 415")
        .contains("this request has none");
  }

  @Test
  void letsItsOwnPagesAndProgramsPass() throws IOException {
    String unknown = "/peers/ffffffffffffffffffffffffffffffff/no-such-action";

    assertThat(send("POST", unknown, own(), JSON, "Origin: http://127.0.0.1:" + httpPort))
        .startsWith("HTTP/1.1 404");
    assertThat(send("POST", unknown, own(), "Content-Type: application/json; charset=utf-8"))
        .startsWith("HTTP/1.1 404");
    assertThat(send("POST", unknown, own(), "Content-Type: application/merge-patch+json"))
        .startsWith("HTTP/1.1 404");
  }

  @Test
  void doesNotBelieveForwardedHeaders() throws IOException {
    assertThat(
            send(
                "GET",
                "/cluster",
                "Host: evil.example",
                "X-Forwarded-Host: localhost",
                "Forwarded: host=localhost"))
        .startsWith("HTTP/1.1 403");
  }

  private String own() {
    return "Host: 127.0.0.1:" + httpPort;
  }

  private String send(String method, String path, String... headers) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), httpPort)) {
      String request =
          "%s %s HTTP/1.1\r\n%s\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
              .formatted(method, path, String.join("\r\n", headers));
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
