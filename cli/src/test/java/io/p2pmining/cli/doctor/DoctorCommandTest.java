package io.p2pmining.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.cli.CommandRun;
import io.p2pmining.cli.terminal.Palette;
import io.p2pmining.cli.terminal.Text;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DoctorCommandTest {

  private static final Instant NOW = Instant.parse("2026-11-01T09:00:00Z");

  @TempDir Path data;

  @Test
  void checksEverythingInOrder() {
    CommandRun run = doctor("--http-port=0", "--p2p-port=0", "--json");

    JsonNode report = JsonMapper.shared().readTree(run.out());
    assertThat(report.path("checks").valueStream().map(check -> check.path("name").asString()))
        .containsSubsequence(
            "java",
            "processor",
            "code memory",
            "memory",
            "huge pages",
            "disk",
            "API port",
            "worker port",
            "node",
            "clock",
            "master");
    assertThat(run.status()).isEqualTo(report.path("level").asString().equals("fail") ? 1 : 0);
  }

  @Test
  void failsWithStatusOneAndNamesWhoHasThePort() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CommandRun run = doctor("--p2p-port=" + taken.getLocalPort(), "--http-port=0");

      assertThat(run.status()).isEqualTo(1);
      assertThat(run.out())
          .containsPattern(
              "fail +worker port +127\\.0\\.0\\.1:%d is taken by process %d \\(java\\)"
                  .formatted(taken.getLocalPort(), ProcessHandle.current().pid()))
          .contains("→ end it, or choose another port with --p2p-port")
          .contains("check fails");
    }
  }

  @Test
  void takesSettingsOfTheDirectoryAndTheCommandLine() throws IOException {
    Files.writeString(
        data.resolve("p2pmine.yml"),
        """
        server.port: 0
        p2pmine.master:
          monero:
            urls: [ "http://127.0.0.1:1", "http://127.0.0.1:2" ]
        """);

    CommandRun run = doctor("--set", "p2pmine.master.p2p-port=0");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out())
        .contains("any free port of 127.0.0.1")
        .contains("http://127.0.0.1:1: it does not answer")
        .contains("http://127.0.0.1:2: it does not answer")
        .containsPattern("fail +wallet +none is set");
  }

  @Test
  void wantsTheMasterThatIsNamedToAnswer() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    CommandRun run = doctor("--master", "127.0.0.1:" + free, "--http-port=0", "--p2p-port=0");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out())
        .containsPattern("fail +master +no master answers at http://127\\.0\\.0\\.1:" + free)
        .contains("→ start it, or correct --master URL");
  }

  @Test
  void leavesTheMasterOfTheDirectoryItsPort() throws IOException {
    try (ServerSocket own = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      PortCheck check = new PortCheck("API port", "127.0.0.1", own.getLocalPort(), "--http-port");

      assertThat(check.finding(Path.of("/"), OptionalLong.of(42)).finding())
          .endsWith("is used by this directory's master, process 42");
      assertThat(check.finding(data, OptionalLong.empty()).finding())
          .endsWith("is taken by a process of another user");
    }
    assertThat(
            new PortCheck("API port", "192.0.2.1", 1, "--http-port")
                .finding(data, OptionalLong.empty()))
        .extracting(Finding::level)
        .isEqualTo(Level.FAIL);
  }

  @Test
  void comparesClocks() {
    Instant built = NOW.minus(Duration.ofDays(1));
    assertThat(ClockCheck.of(NOW, NOW.plusSeconds(1), null, null).level()).isEqualTo(Level.FAIL);
    assertThat(ClockCheck.of(NOW, built, NOW.plusSeconds(5), null).level()).isEqualTo(Level.OK);
    assertThat(ClockCheck.of(NOW, built, NOW.plusSeconds(66), null).finding())
        .isEqualTo("1 m 6 s behind that of the master");
    assertThat(ClockCheck.of(NOW, built, NOW.minusSeconds(66), null).finding())
        .isEqualTo("1 m 6 s ahead of that of the master");
    assertThat(ClockCheck.of(NOW, built, null, NOW.plusSeconds(600)).finding())
        .isEqualTo("10 m 0 s behind the newest block of the node");
    assertThat(ClockCheck.of(NOW, built, null, NOW.minusSeconds(6000)).level()).isEqualTo(Level.OK);
  }

  @Test
  void fitsTheTerminalAndSumsUp() {
    DoctorReport report =
        DoctorReport.of(
            List.of(
                Finding.ok("one", "a finding of so many words that it takes several lines"),
                Finding.warn("two", "a finding", "a remedy of so many words as well, or more")));

    assertThat(report.toLines(OptionalInt.of(60), Palette.NONE))
        .allMatch(line -> Text.width(line) <= 60)
        .startsWith("ok    one            a finding of so many words that it")
        .endsWith("0 checks fail, 1 warning");
    assertThat(DoctorReport.of(List.of()).toLines(OptionalInt.empty(), Palette.NONE))
        .containsExactly("", "all is well");
  }

  private CommandRun doctor(String... words) {
    List<String> all = new ArrayList<>(List.of("doctor", "--data", data.toString()));
    all.addAll(List.of(words));
    return CommandRun.of(all.toArray(String[]::new));
  }
}
