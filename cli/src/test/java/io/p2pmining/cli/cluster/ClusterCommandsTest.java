package io.p2pmining.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.cli.CommandRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class ClusterCommandsTest {

  @TempDir Path data;
  private FakeApi api;

  @BeforeEach
  void start() throws IOException {
    api = new FakeApi();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void showsTheStatusOfTheMasterThatIsNamed() {
    CommandRun run = CommandRun.of("status", "--master", api.url());

    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(run.outLines().getFirst()).startsWith("MINING  18.2 kH/s");
    assertThat(run.out()).contains("at " + api.url()).contains("rig-1").doesNotContain("\u001b");
  }

  @Test
  void findsTheMasterOfTheDataDirectory() throws IOException {
    writeRuntime(ProcessHandle.current().pid());

    CommandRun run = CommandRun.of("status", "--data", data.toString());

    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("at " + api.url());
  }

  @Test
  void doesNotTakeAMasterThatWasKilledForOneThatRuns() throws Exception {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    writeRuntime(ended.pid());

    MasterOption option = new MasterOption();
    CommandLine.populateCommand(option, "--data", data.toString());

    assertThat(option.choose().url()).hasToString("http://127.0.0.1:8080");
    assertThat(option.choose().hint())
        .isEqualTo(
            "no master runs on %s: start one with ./p2pmine up, or say where it is with --master URL"
                .formatted(data));
  }

  @Test
  void showsPeersJobsAndBlocks() {
    assertThat(run("peers").outLines().getFirst()).startsWith("NAME   STATE ");
    assertThat(run("peers").out())
        .contains("rig-1  mining  full  18.2 kH/s")
        .contains("AMD Ryzen 9 9950X")
        .contains("4f2a9c0d1e3b5a6978c0ffee00112233");
    assertThat(run("jobs").out()).contains("m-3251907-1  active  rx/0 ").contains("3251907");
    assertThat(run("blocks").out())
        .contains("3251907  accepted")
        .contains("512 G")
        .contains("in the main chain")
        .contains("4f2a9c0d");
  }

  @ParameterizedTest
  @ValueSource(strings = {"peers", "jobs", "blocks"})
  void printsWhatTheApiGivesAsJson(String command) {
    CommandRun run = run(command, "--json");

    assertThat(ApiExamples.json(run.out())).isEqualTo(ApiExamples.of("/" + command).path("items"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"peers", "jobs", "blocks"})
  void saysThatThereIsNothingYet(String command) {
    api.answer("/" + command, 200, "{\"items\":[],\"page\":0,\"size\":50,\"totalItems\":0}");

    assertThat(run(command).outLines()).singleElement().asString().startsWith("no ");
    assertThat(ApiExamples.json(run(command, "--json").out()).isEmpty()).isTrue();
  }

  @Test
  void saysHowToSeeTheRestAndAsksForPages() {
    ObjectNode peers = ApiExamples.of("/peers");
    ArrayNode items = (ArrayNode) peers.path("items");
    while (items.size() < 700) {
      items.add(items.path(0).deepCopy());
    }
    api.answer("/peers", 200, peers.put("totalItems", 700).toString());

    assertThat(run("peers").outLines())
        .hasSize(52)
        .last()
        .isEqualTo("650 more; show them with --limit 700");
    assertThat(run("peers", "--limit", "600").outLines()).hasSize(602);
    assertThat(api.requests())
        .containsExactly(
            "/peers?page=0&size=50", "/peers?page=0&size=500", "/peers?page=1&size=500");
  }

  @Test
  void saysWhatToDoWhenNothingListens() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }

    CommandRun run = CommandRun.of("peers", "--master", "127.0.0.1:" + free);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.errLines())
        .containsExactly(
            "p2pmine peers: no master answers at http://127.0.0.1:%d; start it, or correct --master URL"
                .formatted(free));
  }

  @Test
  void saysThatAPortIsNotTheApis() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread server =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try (Socket socket = other.accept()) {
                      socket.getOutputStream().write("MINE".getBytes(StandardCharsets.US_ASCII));
                    } catch (IOException e) {
                      throw new IllegalStateException(e);
                    }
                  });
      CommandRun run = CommandRun.of("status", "--master", "127.0.0.1:" + other.getLocalPort());
      server.join();

      assertThat(run.status()).isEqualTo(1);
      assertThat(run.err()).contains("is no master's REST API").contains("not the one for workers");
    }
  }

  @Test
  void saysThatAnotherProgramAnswers() {
    api.answer("/cluster", 200, "<html>");
    assertThat(run("status").err()).contains("its answer has status 200 and is no JSON");

    api.answer("/cluster", 200, "{\"hello\":1}");
    assertThat(run("status").err()).contains("is no master's REST API");
  }

  @Test
  void passesOnWhyTheMasterRefuses() {
    api.answer("/peers", 403, "{\"detail\":\"This host is not known\"}");
    assertThat(run("peers").err())
        .contains("refuses with status 403 (This host is not known)")
        .contains("p2pmine.master.api.allowed-hosts");

    api.answer("/peers", 503, "{\"detail\":\"The database does not answer now\"}");
    assertThat(run("peers").err())
        .contains("refuses with status 503 (The database does not answer now); its log says more");
  }

  @Test
  void refusesAnAddressThatIsNone() {
    CommandRun run = CommandRun.of("status", "--master", "ftp://here");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errLines().getFirst())
        .contains("--master")
        .contains("is not the address of a master's API");
  }

  private CommandRun run(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--master", api.url()));
    return CommandRun.of(all.toArray(String[]::new));
  }

  private void writeRuntime(long pid) throws IOException {
    Files.writeString(
        data.resolve("master.json"),
        """
        {"pid":%d,"httpAddress":"127.0.0.1","httpPort":%d,"p2pAddress":"127.0.0.1","p2pPort":1}"""
            .formatted(pid, api.port()));
  }
}
