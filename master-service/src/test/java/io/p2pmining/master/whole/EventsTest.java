package io.p2pmining.master.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.p2pmining.common.wire.v1.WorkunitAssign;
import io.p2pmining.common.wire.v1.WorkunitRequest;
import io.p2pmining.master.session.PeerEndpoint;
import io.p2pmining.master.session.ScriptedWorker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Events over real HTTP. */
@Timeout(60)
class EventsTest extends MasterTestBase {

  private static final String PEER = ScriptedWorker.id(12).toString();
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @Autowired private PeerEndpoint endpoint;
  @LocalServerPort private int httpPort;
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Stream> open = new ArrayList<>();

  @AfterEach
  void close() throws IOException {
    for (Stream stream : open) {
      stream.reader.close();
    }
    client.close();
  }

  @Test
  void tellsOfPeersAndUnitsAsTheyCome() throws Exception {
    Stream all = follow("", null);
    Stream peers = follow("?types=peer", null);
    try (ScriptedWorker worker = ScriptedWorker.join(endpoint.address(), ScriptedWorker.id(12))) {
      worker.send(WorkunitRequest.newBuilder().setDepth(1).build());
      worker.expect(WorkunitAssign.class);
    }

    assertThat(all.event("unit").data).contains("\"ASSIGNED\"", PEER);
    Event came = peers.event("peer");
    assertThat(came.data).contains(PEER, "\"CONNECTED\"");
    Event went = peers.event("peer");
    assertThat(went.data).contains(PEER, "\"DISCONNECTED\"");
    assertThat(Long.parseUnsignedLong(went.id)).isGreaterThan(Long.parseUnsignedLong(came.id));

    Stream again = follow("?types=peer", came.id);
    assertThat(again.event("peer")).isEqualTo(went);
    assertThat(follow("?types=peer", "1").next().type).isEqualTo("gap");
  }

  @Test
  void sendsCommentsWhileNothingHappens() throws Exception {
    Stream blocks = follow("?types=block", null);

    assertThat(blocks.line()).isEqualTo("retry: 3000");
    await().atMost(LIMIT).until(() -> blocks.line().equals(": nothing new"));
  }

  @Test
  void takesNoMoreClientsThanThereArePlaces() throws Exception {
    for (int i = 0; i < MasterTestBase.EVENT_CLIENTS; i++) {
      assertThat(follow("", null).line()).isEqualTo("retry: 3000");
    }
    HttpResponse<String> refused = get("/events", null);

    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).contains("10");
    assertThat(refused.body()).contains("p2pmine.master.events.clients");

    open.removeFirst().reader.close();
    assertThat(follow("", null).line()).isEqualTo("retry: 3000");
  }

  @Test
  void namesWhatIsWrong() throws Exception {
    assertThat(get("/events?types=peer,weather", null).body())
        .contains("\"status\":400", "types", "job, unit, share, block, peer");
    assertThat(get("/events", "first").body()).contains("\"status\":400", "Last-Event-ID");
  }

  private HttpResponse<String> get(String path, String lastEventId) throws Exception {
    return client.send(request(path, lastEventId), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<InputStream> open(String path, String lastEventId) throws Exception {
    HttpResponse<InputStream> response =
        client.send(request(path, lastEventId), HttpResponse.BodyHandlers.ofInputStream());
    if (response.statusCode() != 200) {
      response.body().close();
    }
    return response;
  }

  /** The place of a client that has just gone becomes free when its next heartbeat fails. */
  private Stream follow(String query, String lastEventId) throws Exception {
    HttpResponse<InputStream> response =
        await()
            .atMost(LIMIT)
            .until(() -> open("/events" + query, lastEventId), r -> r.statusCode() == 200);
    Stream stream =
        new Stream(
            new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8)));
    open.add(stream);
    return stream;
  }

  private HttpRequest request(String path, String lastEventId) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + path))
            .header("Accept", "text/event-stream");
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    return request.build();
  }

  private record Event(String id, String type, String data) {}

  private record Stream(BufferedReader reader) {

    String line() throws IOException {
      return reader.readLine();
    }

    Event event(String type) throws IOException {
      for (Event event = next(); ; event = next()) {
        if (event.type.equals(type)) {
          return event;
        }
      }
    }

    /** The next event; comments and the time to wait are skipped. */
    Event next() throws IOException {
      String id = "";
      String type = "";
      String data = "";
      for (String line = line(); ; line = line()) {
        if (line == null) {
          throw new IOException("the stream has ended");
        } else if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("event: ")) {
          type = line.substring(7);
        } else if (line.startsWith("data: ")) {
          data = line.substring(6);
        } else if (line.isEmpty() && !type.isEmpty()) {
          return new Event(id, type, data);
        }
      }
    }
  }
}
