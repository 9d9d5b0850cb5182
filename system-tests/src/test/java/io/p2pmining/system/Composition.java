package io.p2pmining.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The containers of docker-compose.yml and of what is added to it, in a project of their own, on
 * free ports: everything but Grafana, of which nothing depends and whose image only a registry has.
 */
final class Composition implements AutoCloseable {

  private static final String REQUIRED = "P2PMINE_REQUIRE_DOCKER";
  private static final Path ROOT = Path.of(System.getProperty("p2pmine.root", ".."));

  /** Where jobs come from. */
  enum Node {
    /** A node with a chain to try. */
    REGTEST(
        List.of("docker-compose.yml", "docker-compose.regtest.yml"),
        List.of("master", "worker", "monerod")),
    /** None: jobs are the benchmark's. */
    NONE(List.of("docker-compose.yml"), List.of("master", "worker"));

    private final List<String> files;

    /** Those whose images are built here. */
    private final List<String> built;

    Node(List<String> files, List<String> built) {
      this.files = files;
      this.built = built;
    }
  }

  /** The images are built by Maven, which may have to fetch what it needs. */
  private static final Duration BUILD_LIMIT = Duration.ofMinutes(15);

  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final Processes processes;
  private final Node node;
  private final List<String> compose;
  private final Map<String, String> environment = new HashMap<>();
  private int commands;

  private Composition(
      Processes processes, Node node, List<String> compose, Map<String, String> settings)
      throws IOException {
    this.processes = processes;
    this.node = node;
    this.compose = compose;
    environment.putAll(settings);
    environment.put("COMPOSE_PROJECT_NAME", "p2pmine-test-" + ProcessHandle.current().pid());
    for (String port : List.of("API", "P2P", "PROMETHEUS")) {
      environment.put("P2PMINE_%s_PORT".formatted(port), "" + freePort());
    }
  }

  /**
   * Builds the images, or skips the test where there is no Docker.
   *
   * @param settings variables of the compose files
   */
  static Composition build(Processes processes, Node node, Map<String, String> settings)
      throws Exception {
    if (!answers("docker", "version")) {
      String reason = "no Docker engine answers 'docker version'";
      if (Boolean.parseBoolean(System.getenv(REQUIRED))) {
        fail(reason + ", but " + REQUIRED + " is set");
      }
      abort(reason);
    }
    List<String> words = new ArrayList<>();
    if (answers("docker", "compose", "version")) {
      words.addAll(List.of("docker", "compose"));
    } else {
      words.add("docker-compose");
    }
    for (String file : node.files) {
      words.addAll(List.of("-f", ROOT.resolve(file).toString()));
    }
    Composition composition = new Composition(processes, node, words, settings);
    composition.run(BUILD_LIMIT, joined(joined(words, "build"), node.built));
    return composition;
  }

  private static boolean answers(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Starts what does not run, with so many workers, and waits until all are healthy. */
  void up(int workers) throws Exception {
    run(
        LIMIT,
        joined(
            joined(compose, "up", "-d", "--no-build", "--scale", "worker=" + workers),
            services("prometheus")));
    await("all containers are healthy")
        .atMost(LIMIT)
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> containers("worker").size() == workers && areHealthy());
  }

  private boolean areHealthy() throws Exception {
    for (String container : containers(services("prometheus", "postgres"))) {
      if (!inspect(container, "{{.State.Health.Status}}").equals("healthy")) {
        return false;
      }
    }
    return true;
  }

  /** The services that are built here and some others. */
  private String[] services(String... others) {
    return joined(node.built, others).toArray(String[]::new);
  }

  /** Asks all containers to end; they and their volumes stay. */
  void stop() throws Exception {
    compose(LIMIT, "stop");
  }

  /** Removes all containers and leaves the volumes. */
  void down() throws Exception {
    compose(LIMIT, "down");
  }

  /** The containers of services, by their ids. */
  List<String> containers(String... services) throws Exception {
    return run(LIMIT, joined(joined(compose, "ps", "-q"), services))
        .lines()
        .filter(line -> line.matches("[0-9a-f]{12,64}"))
        .toList();
  }

  /** What a template of {@code docker inspect} makes of a container. */
  String inspect(String container, String template) throws Exception {
    return run(LIMIT, List.of("docker", "inspect", "--format", template, container)).strip();
  }

  /** Kills a container as a machine that loses power would. */
  void kill(String container) throws Exception {
    run(LIMIT, List.of("docker", "kill", "--signal=KILL", container));
  }

  /** What a command in the container of a service prints; it must succeed. */
  String execute(String service, String... command) throws Exception {
    return run(LIMIT, joined(joined(compose, "exec", "-T", service), command)).strip();
  }

  /** The API of the master, under the port that is published. */
  MasterApi api() {
    return new MasterApi(port("API"));
  }

  /** A port of this machine: API, P2P or PROMETHEUS. */
  int port(String name) {
    return Integer.parseInt(environment.get("P2PMINE_%s_PORT".formatted(name)));
  }

  private String compose(Duration limit, String... words) throws Exception {
    return run(limit, joined(compose, words));
  }

  private static List<String> joined(List<String> first, String... second) {
    return joined(first, List.of(second));
  }

  private static List<String> joined(List<String> first, List<String> second) {
    List<String> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  private String run(Duration limit, List<String> words) throws Exception {
    RunningProgram program = processes.start("docker-" + ++commands, environment, words);
    int status = program.awaitEnd(limit);
    assertThat(status).as("%s: %s", String.join(" ", words), program.output()).isZero();
    return program.output();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Shows what the containers logged, and removes them and their volumes. */
  @Override
  public void close() throws Exception {
    try {
      compose(LIMIT, "logs", "--no-color", "--tail=40");
    } finally {
      compose(LIMIT, "down", "--volumes", "--timeout=30");
    }
  }
}
