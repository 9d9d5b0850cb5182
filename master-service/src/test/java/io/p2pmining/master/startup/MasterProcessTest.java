package io.p2pmining.master.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.p2pmining.common.connection.Closure;
import io.p2pmining.common.node.NodeId;
import io.p2pmining.common.wire.v1.WorkunitAssign;
import io.p2pmining.common.wire.v1.WorkunitRequest;
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
  private static final NodeId DRAINED = ScriptedWorker.id(4);
  private static final NodeId QUARANTINED = ScriptedWorker.id(5);

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
      JsonNode runtime = announced(master);
      assertThat(runtime.path("pid").asLong()).isEqualTo(master.pid());
      assertThat(get(runtime, "/cluster").path("name").asString()).isEqualTo("from the file");

      try (ScriptedWorker worker = join(runtime, ScriptedWorker.id(3))) {
        master.toHandle().destroy();

        assertThat(master.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(worker.awaitClosure()).isInstanceOf(Closure.PeerLeft.class);
      }
      assertThat(master.exitValue()).isEqualTo(TERMINATED);
      assertThat(data.resolve("master.json")).doesNotExist();
      assertThat(log).content().contains("Ready: ").doesNotContain("Exception", "WARN", "ERROR");
    } finally {
      master.destroyForcibly();
    }
  }

  /** What operators decided, and the charts, outlive a master that is killed at once after it. */
  @Test
  void isOfTheSameMindAfterItWasKilled() throws Exception {
    Files.writeString(data.resolve("p2pmine.yml"), "server.port: 0\np2pmine.master.p2p-port: 0\n");
    String oldest;
    Process master = start(data.resolve("log"));
    try {
      JsonNode runtime = announced(master);
      try (var first = join(runtime, DRAINED);
          var second = join(runtime, QUARANTINED)) {
        assertThat(first).isNotSameAs(second);
        await().atMost(LIMIT).until(() -> samples(runtime).size() > 1);
        oldest = samples(runtime).path(0).path("at").asString();
        post(runtime, DRAINED, "drain", "{\"reason\": \"kernel update\"}");
        post(runtime, QUARANTINED, "quarantine", "{\"durationSeconds\": 3600}");
        master.destroyForcibly().waitFor();
      }
    } finally {
      master.destroyForcibly();
    }
    Files.delete(data.resolve("master.json"));
    Process next = start(data.resolve("log2"));
    try {
      JsonNode runtime = announced(next);
      JsonNode drained = get(runtime, "/peers/" + DRAINED).path("standing");
      assertThat(drained.path("state").asString()).isEqualTo("DRAINING");
      assertThat(drained.path("reason").asString()).isEqualTo("kernel update");
      JsonNode quarantined = get(runtime, "/peers/" + QUARANTINED).path("standing");
      assertThat(quarantined.path("state").asString()).isEqualTo("QUARANTINED");
      assertThat(quarantined.path("until").asString()).endsWith("Z");
      assertThat(samples(runtime).path(0).path("at").asString()).isEqualTo(oldest);
      try (ScriptedWorker back = join(runtime, DRAINED)) {
        back.send(WorkunitRequest.newBuilder().setDepth(1).build());
        assertThat(back.expect(WorkunitAssign.class).getNoWork().getDetail())
            .isEqualTo("drained: kernel update");
      }
    } finally {
      next.destroyForcibly();
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

  @Test
  void writesOneJsonObjectALineWhenAskedTo() throws Exception {
    Path log = data.resolve("log");
    Process master =
        start(
            log,
            "--server.port=0",
            "--p2pmine.master.p2p-port=0",
            "--p2pmine.log.format=ecs",
            "--logging.file.name=" + data.resolve("file.log"));
    try {
      JsonNode runtime = announced(master);
      await().atMost(LIMIT).until(() -> Files.readString(log).contains("Ready: "));
      master.toHandle().destroy();
      assertThat(master.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();

      for (Path written : List.of(log, data.resolve("file.log"))) {
        List<JsonNode> lines =
            Files.readAllLines(written).stream().map(JsonMapper.shared()::readTree).toList();
        assertThat(lines)
            .isNotEmpty()
            .allMatch(line -> line.at("/service/name").asString().equals("p2pmine-master"))
            .allMatch(line -> line.hasNonNull("@timestamp") && line.hasNonNull("message"));
        JsonNode ready =
            lines.stream()
                .filter(line -> line.path("message").asString().startsWith("Ready: "))
                .findFirst()
                .orElseThrow();
        assertThat(ready.at("/service/node/name").asString())
            .isEqualTo(runtime.path("instanceId").asString());
        assertThat(ready.at("/log/level").asString()).isEqualTo("INFO");
        assertThat(ready.at("/process/pid").asLong()).isEqualTo(master.pid());
      }
    } finally {
      master.destroyForcibly();
    }
  }

  @Test
  void refusesALogFormatThatItDoesNotKnow() throws Exception {
    Path log = data.resolve("log");
    Process master = start(log, "--p2pmine.log.format=xml");
    try {
      assertThat(master.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(master.exitValue()).isEqualTo(1);
      assertThat(Files.readAllLines(log))
          .containsExactly(
              "The master cannot start: p2pmine.log.format=xml is not valid: it must be text or ecs;"
                  + " correct it and start again.");
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

  private JsonNode announced(Process master) throws Exception {
    Path announcement = data.resolve("master.json");
    await().atMost(LIMIT).failFast(() -> !master.isAlive()).until(() -> Files.exists(announcement));
    return JsonMapper.shared().readTree(Files.readAllBytes(announcement));
  }

  private static ScriptedWorker join(JsonNode runtime, NodeId id) throws Exception {
    return ScriptedWorker.join(
        new InetSocketAddress("127.0.0.1", runtime.path("p2pPort").asInt()), id);
  }

  private static JsonNode samples(JsonNode runtime) throws Exception {
    return get(runtime, "/cluster/hashrate").path("samples");
  }

  private static JsonNode get(JsonNode runtime, String path) throws Exception {
    return answer(HttpRequest.newBuilder(uri(runtime, path)).build());
  }

  private static void post(JsonNode runtime, NodeId peer, String action, String body)
      throws Exception {
    answer(
        HttpRequest.newBuilder(uri(runtime, "/peers/" + peer + "/" + action))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private static URI uri(JsonNode runtime, String path) {
    return URI.create("http://127.0.0.1:" + runtime.path("httpPort").asInt() + path);
  }

  private static JsonNode answer(HttpRequest request) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      var response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      assertThat(response.statusCode()).as("%s", request).isEqualTo(200);
      return JsonMapper.shared().readTree(response.body());
    }
  }
}
