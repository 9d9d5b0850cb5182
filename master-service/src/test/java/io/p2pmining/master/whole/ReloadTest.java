package io.p2pmining.master.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.p2pmining.common.settings.SettingChange;
import io.p2pmining.common.wire.v1.AssignedUnit;
import io.p2pmining.common.wire.v1.WorkunitAssign;
import io.p2pmining.common.wire.v1.WorkunitRequest;
import io.p2pmining.master.MasterApplication;
import io.p2pmining.master.event.ClusterEvent;
import io.p2pmining.master.event.EventLog;
import io.p2pmining.master.event.EventType;
import io.p2pmining.master.event.Occurrence;
import io.p2pmining.master.session.PeerEndpoint;
import io.p2pmining.master.session.ScriptedWorker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/**
 * Other settings for a master that goes on running; one of its own, whose units come back to nobody
 * while a test runs.
 */
@Timeout(120)
@SpringBootTest(
    classes = MasterApplication.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "p2pmine.master.p2p-port=0",
      "p2pmine.master.benchmark=off",
      "p2pmine.master.work.reconnect-grace=10m"
    })
@AutoConfigureMockMvc
@Import(MasterTestBase.Sources.class)
class ReloadTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final double RATE = 2;
  private static final Path DATA =
      Path.of("target", "test-data", UUID.randomUUID().toString()).toAbsolutePath();
  private static final Path FILE = DATA.resolve("p2pmine.yml");
  private static final String UNIT_DURATION = "p2pmine.master.work.unit-duration";

  @Autowired private MockMvcTester mvc;
  @Autowired private PeerEndpoint endpoint;
  @Autowired private EventLog events;
  private long newest;

  @DynamicPropertySource
  static void dataDirectory(DynamicPropertyRegistry properties) {
    properties.add("p2pmine.data-dir", DATA::toString);
  }

  @BeforeEach
  void remember() {
    newest = events.newest();
  }

  @AfterEach
  void asBefore() throws IOException {
    Files.deleteIfExists(FILE);
    assertThat(reload()).hasStatusOk();
  }

  private MvcTestResult reload() {
    return mvc.post().uri("/admin/reload").contentType(MediaType.APPLICATION_JSON).exchange();
  }

  /** As editors do: the file is another one afterwards. */
  private static void write(String... lines) throws IOException {
    Path fresh = Files.writeString(DATA.resolve("p2pmine.yml~"), String.join("\n", lines) + "\n");
    Files.move(fresh, FILE, StandardCopyOption.ATOMIC_MOVE);
  }

  private List<Occurrence> settingsEvents() {
    return events
        .latest(event -> event.id() > newest && event.occurrence().type() == EventType.SETTINGS, 10)
        .stream()
        .map(ClusterEvent::occurrence)
        .toList();
  }

  private List<SettingChange> changes() {
    return settingsEvents().stream()
        .filter(Occurrence.SettingsReloaded.class::isInstance)
        .flatMap(event -> ((Occurrence.SettingsReloaded) event).reload().changed().stream())
        .toList();
  }

  private AssignedUnit unitFor(int peer) throws Exception {
    try (ScriptedWorker worker =
        ScriptedWorker.join(endpoint.address(), ScriptedWorker.id(peer), "slow", RATE)) {
      worker.send(WorkunitRequest.newBuilder().setDepth(1).build());
      return worker.expect(WorkunitAssign.class).getUnits(0);
    }
  }

  @Test
  void cutsUnitsByTheNewDurationOnceTheFileSaysSo() throws Exception {
    write(UNIT_DURATION + ": 50s");

    await().atMost(LIMIT).until(() -> !settingsEvents().isEmpty());
    assertThat(settingsEvents())
        .singleElement()
        .isInstanceOfSatisfying(
            Occurrence.SettingsReloaded.class,
            event -> {
              assertThat(event.reload().changed())
                  .singleElement()
                  .satisfies(
                      change -> {
                        assertThat(change.name()).isEqualTo(UNIT_DURATION);
                        assertThat(change.before()).isEqualTo("20s");
                        assertThat(change.after()).isEqualTo("50s");
                      });
              assertThat(event.reload().refused()).isEmpty();
            });
    assertThat(unitFor(14).getNonceCount()).isEqualTo(100);
  }

  @Test
  void answersWhatChangedAndWhatNeedsARestart() throws Exception {
    write(
        "p2pmine.master.max-connections: 100",
        "p2pmine.master.work.posted-units: 50",
        "p2pmine.master.verification:",
        "  mode: sampled",
        "  floor: 0.2",
        "  queue: 50",
        "p2pmine.master.p2p-port: 9999",
        "p2pmine.worker.threads: 3",
        "spring.datasource.password: secret");

    MvcTestResult answer = reload();

    assertThat(answer).hasStatusOk();
    assertThat(changes())
        .as("by this request, or by the watch of the file if that was faster")
        .containsExactly(
            new SettingChange("p2pmine.master.max-connections", "1024", "100"),
            new SettingChange("p2pmine.master.verification.floor", "0.1", "0.2"),
            new SettingChange("p2pmine.master.verification.mode", "full", "sampled"),
            new SettingChange("p2pmine.master.work.posted-units", "10000", "50"));
    assertThat(answer).bodyJson().extractingPath("$.changed").isNotNull();
    assertThat(answer)
        .bodyJson()
        .extractingPath("$.refused[*].name")
        .asArray()
        .containsExactly("p2pmine.master.verification.queue", "spring.datasource.password");
    assertThat(answer).bodyText().contains("threads and memory are taken").doesNotContain("secret");
  }

  @Test
  void changesNothingForAFileThatMakesNoSense() throws Exception {
    write(UNIT_DURATION + ": 50s", "p2pmine.master.max-connections: 0");

    assertThat(reload())
        .hasStatus(HttpStatus.UNPROCESSABLE_CONTENT)
        .hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
        .bodyText()
        .contains("p2pmine.master.max-connections=0", "p2pmine.yml", "greater than or equal to 1");
    assertThat(settingsEvents()).hasAtLeastOneElementOfType(Occurrence.SettingsInvalid.class);
    assertThat(unitFor(15).getNonceCount()).isEqualTo(40);
  }

  @Test
  void isNothingThatPagesOfOthersCanDo() {
    assertThat(mvc.post().uri("/admin/reload")).hasStatus(HttpStatus.UNSUPPORTED_MEDIA_TYPE);
    assertThat(
            mvc.post()
                .uri("/admin/reload")
                .contentType(MediaType.APPLICATION_JSON)
                .header("Origin", "http://evil.example"))
        .hasStatus(HttpStatus.FORBIDDEN);
  }
}
