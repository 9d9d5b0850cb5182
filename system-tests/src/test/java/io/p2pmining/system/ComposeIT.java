package io.p2pmining.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.p2pmining.system.Composition.Node;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ComposeIT {

  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final int HTTP_OK = 200;

  /** How a Java that got SIGTERM ends; one that Docker had to kill would say 137. */
  private static final String TERMINATED = "143";

  /** A block every few seconds at the light rate; several workers disturb each other's tuning. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "P2PMINE_REGTEST_DIFFICULTY", "100",
          "P2PMINE_WORKER_MODE", "light",
          "P2PMINE_WORKER_TUNE", "off",
          "P2PMINE_WORKER_CPUS", "0.5",
          "P2PMINE_WORKER_MEMORY", "700m");

  @RegisterExtension final Processes processes = new Processes();

  @Test
  void minesInContainersAndKeepsItsStateWhenTheyAreMadeAnew() throws Exception {
    try (Composition containers = Composition.build(processes, Node.REGTEST, SETTINGS);
        MasterApi api = containers.api()) {
      containers.up(2);
      awaitMining(api, Set.of("worker-1", "worker-2"));
      awaitMoreBlocks(api);
      assertThat(api.status("/actuator/health/readiness")).isEqualTo(HTTP_OK);
      assertThatContainersAreConfined(containers);
      assertThatLimitsAreKept(api);
      awaitMetrics(containers);

      containers.up(3);
      awaitMining(api, Set.of("worker-1", "worker-2", "worker-3"));

      containers.kill(containers.containers("worker").getFirst());
      await("the master misses it").atMost(LIMIT).until(() -> connected(api) == 2);
      awaitMoreBlocks(api);
      containers.up(3);
      awaitMining(api, Set.of("worker-1", "worker-2", "worker-3"));

      Set<String> peers = ids(api.all("/peers"));
      assertThat(peers).as("a worker is known again").hasSize(3);
      assertThatAllEndWhenAsked(containers);
      containers.up(3);
      awaitMining(api, Set.of("worker-1", "worker-2", "worker-3"));
      Set<String> blocks = ids(acceptedBlocks(api));
      Set<String> shares = ids(api.all("/shares"));
      String password = containers.execute("postgres", "sh", "-c", "cat /run/database-password/*");

      containers.down();
      containers.up(2);

      awaitMining(api, Set.of("worker-1", "worker-2"));
      assertThat(ids(api.all("/peers"))).isEqualTo(peers);
      assertThat(ids(acceptedBlocks(api))).containsAll(blocks);
      assertThat(ids(api.all("/shares"))).containsAll(shares);
      assertThat(containers.execute("postgres", "sh", "-c", "cat /run/database-password/*"))
          .isEqualTo(password)
          .hasSizeGreaterThan(24);
      awaitMoreBlocks(api);
      assertThat(api.json("/cluster").get("shares").get("rejected").asLong()).isZero();
    }
  }

  /** As everybody begins: with no setting that names a node. */
  @Test
  void minesTheBenchmarkWhereThereIsNoNode() throws Exception {
    try (Composition containers = Composition.build(processes, Node.NONE, SETTINGS);
        MasterApi api = containers.api()) {
      containers.up(1);

      awaitMining(api, Set.of("worker-1"));
      assertThat(api.all("/jobs"))
          .isNotEmpty()
          .allSatisfy(job -> assertThat(job.get("source").asString()).isEqualTo("benchmark"));
      await("a share").atMost(LIMIT).until(() -> !api.all("/shares").isEmpty());
    }
  }

  private static void awaitMining(MasterApi api, Set<String> names) {
    await(names + " mine")
        .atMost(LIMIT)
        .ignoreExceptions()
        .until(() -> names.equals(miningWorkers(api)));
  }

  private static Set<String> miningWorkers(MasterApi api) {
    Set<String> names = new HashSet<>();
    for (JsonNode peer : api.all("/peers")) {
      if (peer.get("state").asString().equals("MINING")) {
        names.add(peer.get("name").asString());
      }
    }
    return names;
  }

  private static int connected(MasterApi api) {
    return api.json("/cluster").get("peers").get("connected").asInt();
  }

  private static void awaitMoreBlocks(MasterApi api) {
    int before = acceptedBlocks(api).size();
    await("blocks").atMost(LIMIT).until(() -> acceptedBlocks(api).size() >= before + 2);
  }

  private static List<JsonNode> acceptedBlocks(MasterApi api) {
    return api.all("/blocks?outcome=ACCEPTED");
  }

  private static Set<String> ids(List<JsonNode> items) {
    Set<String> ids = new HashSet<>();
    items.forEach(item -> ids.add(item.get("id").asString()));
    return ids;
  }

  private static void assertThatContainersAreConfined(Composition containers) throws Exception {
    for (String container :
        containers.containers("master", "worker", "postgres", "monerod", "prometheus")) {
      assertThat(
              containers.inspect(
                  container, "{{.HostConfig.ReadonlyRootfs}} {{.HostConfig.CapDrop}}"))
          .isEqualTo("true [ALL]");
      assertThat(
              containers.inspect(
                  container,
                  "{{range .NetworkSettings.Ports}}{{range .}}{{.HostIp}} {{end}}{{end}}"))
          .matches("(127\\.0\\.0\\.1 ?)*");
    }
    for (String service : List.of("master", "worker", "postgres", "monerod", "prometheus")) {
      assertThat(containers.execute(service, "id", "-u"))
          .as("user of %s", service)
          .isNotEqualTo("0");
    }
  }

  /** Half a processor and 700 MiB are what a worker counts on, however large the machine is. */
  private static void assertThatLimitsAreKept(MasterApi api) {
    for (JsonNode peer : api.all("/peers")) {
      JsonNode capabilities = peer.get("capabilities");
      assertThat(capabilities.get("cores").asInt()).as("%s", capabilities).isEqualTo(1);
      assertThat(capabilities.get("memoryTotalBytes").asLong())
          .as("%s", capabilities)
          .isEqualTo(700L << 20);
    }
  }

  /** Prometheus reaches the master under the name that its configuration has. */
  private static void awaitMetrics(Composition containers) throws Exception {
    URI query =
        URI.create(
            "http://127.0.0.1:%d/api/v1/query?query=up%%7Bjob%%3D%%22master%%22%%7D"
                .formatted(containers.port("PROMETHEUS")));
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(query).timeout(Duration.ofSeconds(10)).build();
      await("the master is scraped")
          .atMost(LIMIT)
          .until(
              () -> {
                JsonNode answer =
                    JsonMapper.shared()
                        .readTree(client.send(request, BodyHandlers.ofString()).body());
                JsonNode result = answer.get("data").get("result");
                return !result.isEmpty()
                    && result.get(0).get("value").get(1).asString().equals("1");
              });
    }
  }

  private static void assertThatAllEndWhenAsked(Composition containers) throws Exception {
    List<String> javas = new ArrayList<>(containers.containers("master", "worker"));
    assertThat(javas).hasSize(4);
    List<String> others = containers.containers("postgres", "monerod", "prometheus");

    containers.stop();

    for (String container : javas) {
      assertThat(containers.inspect(container, "{{.State.ExitCode}}")).isEqualTo(TERMINATED);
    }
    for (String container : others) {
      assertThat(containers.inspect(container, "{{.State.ExitCode}}")).isEqualTo("0");
    }
  }
}
