package io.p2pmining.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class UpIT {

  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  @RegisterExtension final Processes processes = new Processes();
  private Installation installation;

  @BeforeEach
  void install() throws IOException {
    installation = Installation.in(processes.directory().resolve("installation"));
  }

  @Test
  void minesTheBenchmarkJobAndEndsInOrder() throws Exception {
    RunningProgram up =
        up("up", "--workers=2", "--threads=1", "--set=p2pmine.master.share.interval=2s");
    JsonNode master = awaitMaster("up");
    try (MasterApi api = new MasterApi(master.get("httpPort").asInt())) {
      await("two workers and a share").atMost(LIMIT).until(() -> hasWorkersAndShare(api));
    }
    await("a status line").atMost(LIMIT).until(() -> up.output().contains(" | 2 peers"));
    List<ProcessHandle> children = up.descendants();
    assertThat(children).hasSize(3);

    long start = System.nanoTime();
    assertThat(up.terminate(STOP_LIMIT)).isEqualTo(143);

    assertThat(children).noneMatch(ProcessHandle::isAlive);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(STOP_LIMIT);
    assertThat(up.output()).endsWith("stopped\n").doesNotContain("does not end");
    Path data = processes.directory().resolve("up");
    assertThat(data.resolve("master.json")).doesNotExist();
    assertThat(data.resolve("logs/master.log")).isNotEmptyFile();
    assertThat(data.resolve("logs/worker-2.log")).isNotEmptyFile();
  }

  @Test
  void leavesNoOrphansWhenItIsKilled() throws Exception {
    RunningProgram up = up("up", "--threads=1");
    awaitMaster("up");
    await("a worker").atMost(LIMIT).until(() -> up.descendants().size() == 2);
    List<ProcessHandle> children = up.descendants();
    try {
      up.signal("KILL");

      await("the children end")
          .atMost(STOP_LIMIT)
          .until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
    } finally {
      children.forEach(ProcessHandle::destroyForcibly);
    }
  }

  @Test
  void refusesAPortThatAnotherClusterHasAndADirectoryInUse() throws Exception {
    up("first", "--threads=1");
    JsonNode first = awaitMaster("first");
    String port = first.get("p2pPort").asString();

    RunningProgram samePort =
        processes.start(
            "second",
            Map.of(),
            installation.command(
                "up", "--data", dataOf("second"), "--http-port=0", "--p2p-port=" + port));
    RunningProgram sameDirectory =
        processes.start("third", Map.of(), installation.command("up", "--data", dataOf("first")));

    assertThat(samePort.awaitEnd(LIMIT)).isEqualTo(1);
    assertThat(samePort.output().lines())
        .singleElement()
        .asString()
        .startsWith("p2pmine up: port " + port + " for workers cannot be used")
        .contains("--p2p-port");
    assertThat(sameDirectory.awaitEnd(LIMIT)).isEqualTo(1);
    assertThat(sameDirectory.output().lines())
        .singleElement()
        .asString()
        .contains("a cluster runs on " + dataOf("first"));
  }

  @Test
  void takesSettingsFromTheDataDirectory() throws Exception {
    Path data = Files.createDirectories(Path.of(dataOf("up")));
    Files.writeString(
        data.resolve("p2pmine.yml"),
        """
        p2pmine:
          master:
            name: the-set-name
          worker:
            threads: 1
        """);
    up("up");
    JsonNode master = awaitMaster("up");
    try (MasterApi api = new MasterApi(master.get("httpPort").asInt())) {
      await("the worker").atMost(LIMIT).until(() -> !api.all("/peers").isEmpty());

      assertThat(api.json("/cluster").get("name").asString()).isEqualTo("the-set-name");
      assertThat(api.all("/peers").getFirst().get("name").asString()).isEqualTo("worker-1");
    }
  }

  private RunningProgram up(String name, String... options) throws IOException {
    List<String> words =
        installation.command("up", "--data", dataOf(name), "--http-port=0", "--p2p-port=0");
    words.add("--set=p2pmine.worker.niceness=0");
    words.add("--set=p2pmine.worker.mode=light");
    words.addAll(List.of(options));
    return processes.start(name, Map.of(), words);
  }

  private String dataOf(String name) {
    return processes.directory().resolve(name).toString();
  }

  private JsonNode awaitMaster(String name) throws IOException {
    Path runtime = Path.of(dataOf(name), "master.json");
    await("the master is ready").atMost(LIMIT).until(() -> Files.exists(runtime));
    return JsonMapper.shared().readTree(Files.readAllBytes(runtime));
  }

  private static boolean hasWorkersAndShare(MasterApi api) {
    JsonNode cluster = api.json("/cluster");
    return cluster.get("peers").get("connected").asInt() == 2
        && cluster.get("shares").get("accepted").asInt() > 0;
  }
}
