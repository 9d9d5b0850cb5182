package io.p2pmining.master.whole;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.master.MasterApplication;
import io.p2pmining.master.peer.PeerActivity;
import io.p2pmining.master.peer.PeerCapabilities;
import io.p2pmining.master.peer.PeerIdentity;
import io.p2pmining.master.peer.PeerRegistry;
import io.p2pmining.master.peer.PeerState;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.WorkerProfile.Ability;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The dashboard of a cluster of two thousand workers. */
@SpringBootTest(
    classes = MasterApplication.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {"p2pmine.master.p2p-port=0", "p2pmine.master.benchmark=off"})
@DirtiesContext
class DashboardManyPeersTest {

  private static final int PEERS = 2000;
  private static final int ROWS = 50;

  /** What a page may take in a second, times the seconds between two refreshes. */
  private static final int BYTES_PER_REFRESH = 2 * 50_000;

  @Autowired private PeerRegistry registry;
  @LocalServerPort private int httpPort;
  private final HttpClient client = HttpClient.newHttpClient();

  @DynamicPropertySource
  static void dataDirectory(DynamicPropertyRegistry properties) {
    Path data = Path.of("target", "test-data", UUID.randomUUID().toString()).toAbsolutePath();
    properties.add("p2pmine.data-dir", data::toString);
  }

  @BeforeEach
  void fill() {
    for (int i = 0; i < PEERS; i++) {
      PeerId id = new PeerId("%032x".formatted(0xABC000 + i));
      registry.connected(
          new PeerIdentity(id, "rig-%04d".formatted(i), "test/1", "10.0.0.1:" + i, 0),
          capabilities());
      registry.reported(
          id, new PeerActivity(PeerState.MINING, "rx/0", HashingMode.FULL, 100 + i, 1, 1L << 30));
    }
  }

  private static PeerCapabilities capabilities() {
    return new PeerCapabilities(
        8,
        8,
        1L << 34,
        1L << 33,
        "a processor",
        "amd64",
        "Linux",
        true,
        true,
        false,
        0,
        0,
        0,
        0,
        List.of(new Ability("rx/0", HashingMode.FULL, "compiler", 2500)));
  }

  @Test
  void showsThemPageByPage() throws Exception {
    String first = text("/");
    assertThat(names(first)).hasSize(ROWS).startsWith("rig-1999", "rig-1998");
    assertThat(first).contains("1–50 of 2000", "2.20 MH/s", "of 2,000 mine");
    assertThat(names(text("/dashboard/peers?page=39"))).hasSize(ROWS).endsWith("rig-0000");
    assertThat(text("/dashboard/peers?page=39")).contains("1951–2000 of 2000");
    assertThat(names(text("/dashboard/peers?page=1000"))).as("the last page").endsWith("rig-0000");
  }

  @Test
  void sortsAndFiltersAllOfThem() throws Exception {
    assertThat(names(text("/dashboard/peers?sort=NAME"))).startsWith("rig-0000", "rig-0001");
    assertThat(names(text("/dashboard/peers?sort=NAME&desc=true"))).startsWith("rig-1999");
    assertThat(names(text("/dashboard/peers?q=rig-04"))).hasSize(ROWS);
    assertThat(text("/dashboard/peers?q=rig-04")).contains("1–50 of 100");
    for (String order : List.of("STATE", "MODE", "ACCEPTED", "REJECTED", "EFFICIENCY", "SEEN")) {
      assertThat(names(text("/dashboard/peers?sort=" + order))).as(order).hasSize(ROWS);
    }
  }

  @Test
  void refreshesWithinItsShareOfTheLine() throws Exception {
    int bytes = 0;
    for (String piece : List.of("now", "peers", "work", "found", "events")) {
      bytes += fetch("/dashboard/" + piece).length;
    }

    assertThat(bytes).as("bytes for all pieces at once").isLessThan(BYTES_PER_REFRESH / 2);
    assertThat(fetch("/").length).as("bytes of the page").isLessThan(BYTES_PER_REFRESH / 2);
  }

  private static List<String> names(String html) {
    return Pattern.compile("data-name=\"([^\"]+)\"")
        .matcher(html)
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  private String text(String path) throws Exception {
    HttpResponse<byte[]> answer = answer(path);
    assertThat(answer.headers().firstValue("Content-Encoding")).as(path).contains("gzip");
    try (var in = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** As it goes over the line; what is short is not compressed. */
  private byte[] fetch(String path) throws Exception {
    return answer(path).body();
  }

  private HttpResponse<byte[]> answer(String path) throws Exception {
    HttpResponse<byte[]> answer =
        client.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + path))
                .header("Accept-Encoding", "gzip")
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    return answer;
  }
}
