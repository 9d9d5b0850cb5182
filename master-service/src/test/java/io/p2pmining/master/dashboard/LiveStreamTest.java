package io.p2pmining.master.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.p2pmining.master.event.EventLog;
import io.p2pmining.master.event.Occurrence;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.Rejection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.server.ResponseStatusException;

@Timeout(30)
class LiveStreamTest {

  private static final Occurrence REJECTED =
      new Occurrence.ShareRejected(new PeerId("a".repeat(32)), "job", Rejection.BAD_HASH);
  private static final Occurrence WITHDRAWN = new Occurrence.JobsWithdrawn("source", "gone");

  private final EventLog log = new EventLog(() -> Instant.EPOCH, 4, 1);
  private final PipedInputStream page = new PipedInputStream();
  private final BufferedReader lines =
      new BufferedReader(new InputStreamReader(page, StandardCharsets.UTF_8));

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void namesWhatChanged() throws Exception {
    run();
    log.append(REJECTED);

    assertThat(nextData()).isEqualTo("now peers found events");
  }

  @Test
  void tellsOfManyEventsAtOnce() throws Exception {
    run();
    log.append(WITHDRAWN);
    assertThat(nextData()).isEqualTo("now work events");
    for (int i = 0; i < 100; i++) {
      log.append(REJECTED);
    }

    assertThat(nextData()).as("more than the log holds").isEqualTo("now peers work found events");
  }

  @Test
  void refreshesWhatGoesOnWithoutEvents() throws Exception {
    run();

    assertThat(nextData()).isEqualTo("now peers work");
  }

  @Test
  void saysThatTheMasterStops() throws Exception {
    log.close();
    run();

    assertThat(nextData()).isEqualTo("the master is stopping");
  }

  @Test
  void refusesMorePagesThanItHasPlacesFor() {
    LiveController controller = new LiveController(log, new DashboardSettings("", 0));

    assertThatThrownBy(() -> controller.live(new MockHttpServletResponse()))
        .isInstanceOf(ResponseStatusException.class)
        .hasMessageContaining("503")
        .hasMessageContaining("p2pmine.master.dashboard.viewers");
  }

  private void run() throws IOException {
    PipedOutputStream out = new PipedOutputStream(page);
    Thread.startVirtualThread(
        () -> {
          try (out) {
            new LiveStream(log).run(out);
          } catch (InterruptedException | IOException e) {
            Thread.currentThread().interrupt();
          }
        });
    assertThat(lines.readLine()).isEqualTo("retry: 3000");
  }

  private String nextData() throws IOException {
    String line = lines.readLine();
    while (line != null && !line.startsWith("data: ")) {
      line = lines.readLine();
    }
    return line == null ? "(the stream ended)" : line.substring("data: ".length());
  }
}
