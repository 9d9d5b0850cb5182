package io.p2pmining.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.p2pmining.system.Dashboards.Dashboard;
import io.p2pmining.system.Dashboards.Query;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A cluster that mines, watched by a real Prometheus with the project's configuration. */
class PrometheusIT {

  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Duration REQUEST_LIMIT = Duration.ofSeconds(10);
  private static final Path DOCUMENT =
      Path.of(System.getProperty("p2pmine.root", ".."), "docs", "metrics.md");
  private static final String UPDATE = "metrics.update";
  private static final String COMMAND =
      "./mvnw -pl system-tests -am verify -Dit.test=PrometheusIT -Dtest=none"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false"
          + " -Dmetrics.update=true";

  /** Names of series in an expression, those that rules make included. */
  private static final Pattern SERIES =
      Pattern.compile("\\b(?:[a-z]+:)?(?:p2pmine_\\w+|up)(?::\\w+)?\\b");

  @RegisterExtension final Processes processes = new Processes();

  private final HttpClient client = HttpClient.newHttpClient();
  private MasterProcess master;
  private String masterUrl;

  @BeforeEach
  void startCluster() throws Exception {
    Installation installation = Installation.in(processes.directory().resolve("installation"));
    master =
        MasterProcess.start(processes, installation, "--set", "p2pmine.master.share.interval=2s");
    masterUrl = "http://127.0.0.1:" + master.httpPort();
    master.startWorker("one");
    master.startWorker("two");
    await("both workers' shares are verified")
        .atMost(LIMIT)
        .until(
            () ->
                master.api().json("/prometheus/targets").size() == 2
                    && master.api().json("/cluster").path("shares").path("accepted").asInt() > 5);
  }

  @AfterEach
  void end() {
    client.close();
    if (master != null) {
      master.close();
    }
  }

  @Test
  void everyQueryOfDashboardsAndRulesReturnsData() throws Exception {
    String prometheus = startPrometheus();
    await("the cluster is scraped")
        .atMost(LIMIT)
        .ignoreExceptions()
        .until(() -> query(prometheus, "up == 1").size() == 3);
    List<Query> queries = new ArrayList<>();
    for (Dashboard dashboard : Dashboards.all()) {
      queries.addAll(dashboard.queries());
    }
    queries.addAll(seriesOfRules(get(prometheus + "/api/v1/rules")));
    assertThat(queries).hasSizeGreaterThan(100);

    await("every query returns data")
        .atMost(LIMIT)
        .pollInterval(Duration.ofSeconds(3))
        .untilAsserted(() -> assertThat(unanswered(prometheus, queries)).isEmpty());

    JsonNode rules = json(get(prometheus + "/api/v1/rules"));
    assertThat(rules.findValuesAsString("health")).isNotEmpty().containsOnly("ok");
    assertThat(query(prometheus, "count by (peer, name) (p2pmine_worker_hashes_per_second)"))
        .as("workers have the labels by which the master names them")
        .hasSize(2)
        .allMatch(series -> series.path("metric").path("name").asString().matches("one|two"));
  }

  @Test
  void theDocumentDescribesEveryMetric() throws Exception {
    String worker =
        master.api().json("/prometheus/targets").path(0).path("targets").path(0).asString();
    MetricsTable ofMaster = MetricsTable.of(get(masterUrl + "/actuator/prometheus"));
    MetricsTable ofWorker = MetricsTable.of(get("http://" + worker + "/actuator/prometheus"));
    assertThat(ofMaster.undescribed()).isEmpty();
    assertThat(ofWorker.undescribed()).isEmpty();
    assertThat(ofWorker.names()).hasSizeGreaterThan(20).allMatch(n -> n.contains("_worker_"));

    String document = Files.readString(DOCUMENT);
    String renewed =
        renewed(renewed(document, "master", ofMaster.markdown()), "worker", ofWorker.markdown());
    if (Boolean.getBoolean(UPDATE)) {
      Files.writeString(DOCUMENT, renewed);
    }
    assertThat(Files.readString(DOCUMENT))
        .as("docs/metrics.md has drifted from the code. Renew it by\n  %s\n", COMMAND)
        .isEqualTo(renewed);
  }

  private static String renewed(String document, String section, String table) {
    String begin = "<!-- " + section + " -->\n";
    String end = "<!-- /" + section + " -->";
    int from = document.indexOf(begin) + begin.length();
    return document.substring(0, from) + table + document.substring(document.indexOf(end));
  }

  /** The project's configuration, for this cluster and in a hurry. */
  private String startPrometheus() throws IOException {
    String program = PrometheusTools.program("prometheus");
    Path configuration = processes.directory().resolve("prometheus.yml");
    Files.writeString(
        configuration,
        Files.readString(PrometheusTools.FILES.resolve("prometheus.yml"))
            .replace("master:8080", "127.0.0.1:" + master.httpPort())
            .replace("15s", "1s")
            .replace("rules/", PrometheusTools.FILES.resolve("rules") + "/"));
    String address = "127.0.0.1:" + freePort();
    processes.start(
        "prometheus",
        Map.of(),
        List.of(
            program,
            "--config.file=" + configuration,
            "--storage.tsdb.path=" + processes.directory().resolve("tsdb"),
            "--web.listen-address=" + address));
    return "http://" + address;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** An alert is silent while all is well; what it looks at must be there all the same. */
  private static List<Query> seriesOfRules(String rules) {
    List<Query> queries = new ArrayList<>();
    for (JsonNode group : json(rules).path("data").path("groups")) {
      for (JsonNode rule : group.path("rules")) {
        String expression = rule.path("query").asString();
        String where = "rule " + rule.path("name").asString();
        if (rule.path("type").asString().equals("recording")) {
          queries.add(new Query(where, rule.path("name").asString(), false));
        }
        Matcher series = SERIES.matcher(expression);
        while (series.find()) {
          queries.add(new Query(where, series.group(), false));
        }
      }
    }
    return queries;
  }

  private List<String> unanswered(String prometheus, List<Query> queries) throws Exception {
    List<String> unanswered = new ArrayList<>();
    for (Query query : queries) {
      if (query(prometheus, query.expression()).isEmpty() && !query.mayBeEmpty()) {
        unanswered.add(query.where() + ": " + query.expression());
      }
    }
    return unanswered;
  }

  private List<JsonNode> query(String prometheus, String expression) throws Exception {
    String escaped = URLEncoder.encode(expression, StandardCharsets.UTF_8);
    return Dashboards.list(
        json(get(prometheus + "/api/v1/query?query=" + escaped)).path("data").path("result"));
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }

  private String get(String url) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(url)).timeout(REQUEST_LIMIT).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as("%s: %s", url, answer.body()).isEqualTo(200);
    return answer.body();
  }
}
