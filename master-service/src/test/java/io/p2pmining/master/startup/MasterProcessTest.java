package io.p2pmining.master.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.p2pmining.common.connection.Closure;
import io.p2pmining.master.MasterApplication;
import io.p2pmining.master.session.ScriptedWorker;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The master as a process of its own. */
class MasterProcessTest {

  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final int TERMINATED = 143;

  @TempDir private Path data;

  @Test
  void announcesItselfAndEndsInOrderWhenTerminated() throws Exception {
    Files.writeString(
        data.resolve("p2pmine.yml"),
        """
        server.port: 0
        p2pmine.master:
          name: from the file
          p2p-port: 0
        """);
    Path log = data.resolve("log");
    Process master = start(log);
    try {
      Path announcement = data.resolve("master.json");
      await()
          .atMost(LIMIT)
          .failFast(() -> !master.isAlive())
          .until(() -> Files.exists(announcement));
      JsonNode runtime = JsonMapper.shared().readTree(Files.readAllBytes(announcement));
      assertThat(runtime.path("pid").asLong()).isEqualTo(master.pid());
      assertThat(cluster(runtime).path("name").asString()).isEqualTo("from the file");

      try (ScriptedWorker worker =
          ScriptedWorker.join(
              new InetSocketAddress("127.0.0.1", runtime.path("p2pPort").asInt()),
              ScriptedWorker.id(3))) {
        master.toHandle().destroy();

        assertThat(master.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(worker.awaitClosure()).isInstanceOf(Closure.PeerLeft.class);
      }
      assertThat(master.exitValue()).isEqualTo(TERMINATED);
      assertThat(announcement).doesNotExist();
      assertThat(log).content().contains("Ready: ").doesNotContain("Exception", "WARN", "ERROR");
    } finally {
      master.destroyForcibly();
    }
  }

  @Test
  void endsWithAStatusAndOneLineWhenItCannotStart() throws Exception {
    Path log = data.resolve("log");
    Process master = start(log, "--p2pmine.master.p2p-port=-1");
    try {
      assertThat(master.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(master.exitValue()).isEqualTo(1);
      assertThat(Files.readAllLines(log))
          .singleElement()
          .asString()
          .contains("p2pmine.master.p2p-port=-1");
    } finally {
      master.destroyForcibly();
    }
  }

  private Process start(Path log, String... settings) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            MasterApplication.class.getName(),
            "--p2pmine.data-dir=" + data);
    builder.command().addAll(List.of(settings));
    return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  private static JsonNode cluster(JsonNode runtime) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + runtime.path("httpPort").asInt() + "/cluster");
    try (HttpClient client = HttpClient.newHttpClient()) {
      return JsonMapper.shared()
          .readTree(
              client
                  .send(
                      HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray())
                  .body());
    }
  }
}
