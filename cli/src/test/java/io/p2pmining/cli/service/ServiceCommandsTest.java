package io.p2pmining.cli.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceCommandsTest {

  @TempDir Path directory;
  private Path plan;

  @BeforeEach
  void actAsLauncher() throws IOException {
    plan = Files.createFile(directory.resolve("plan"));
    Files.createFile(directory.resolve("master-service.jar"));
    Files.createFile(directory.resolve("worker-agent.jar"));
    System.setProperty("p2pmine.jars", directory.toString());
    System.setProperty("p2pmine.exec-plan", plan.toString());
  }

  @AfterEach
  void leave() {
    System.clearProperty("p2pmine.jars");
    System.clearProperty("p2pmine.exec-plan");
  }

  @Test
  void plansAWorker() throws IOException {
    CommandRun run =
        CommandRun.of(
            "worker",
            "--master",
            "farm.example:9740",
            "--threads",
            "2",
            "--name",
            "old laptop",
            "--data",
            directory + "/w",
            "--set",
            "p2pmine.worker.x=1=2");

    assertThat(run.status()).as(run.err()).isZero();
    List<String> words = plannedWords();
    assertThat(words).startsWith(System.getProperty("java.home") + "/bin/java");
    assertThat(words)
        .containsSequence("-jar", directory.resolve("worker-agent.jar").toString())
        .endsWith(
            "--p2pmine.data-dir=" + directory + "/w",
            "--p2pmine.worker.master=farm.example:9740",
            "--p2pmine.worker.threads=2",
            "--p2pmine.worker.name=old laptop",
            "--p2pmine.worker.x=1=2");
  }

  @Test
  void plansAMasterWithDefaultsLeftToIt() throws IOException {
    CommandRun run = CommandRun.of("master", "--data", directory.toString());

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(plannedWords())
        .endsWith(
            "-jar",
            directory.resolve("master-service.jar").toString(),
            "--p2pmine.data-dir=" + directory);
  }

  @Test
  void plansAMasterOfSeveralNodes() throws IOException {
    String wallet =
        "44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A";

    CommandRun run =
        CommandRun.of(
            "master",
            "--data=" + directory,
            "--monerod=http://a:18081",
            "--monerod=https://b:18089",
            "--wallet=" + wallet);

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(plannedWords())
        .contains(
            "--p2pmine.master.monero.urls[0]=http://a:18081",
            "--p2pmine.master.monero.urls[1]=https://b:18089",
            "--p2pmine.master.monero.wallet=" + wallet);
  }

  @Test
  void letsASetOptionWinOverTheOthers() throws IOException {
    CommandRun.of("master", "--data", "x", "--http-port", "1", "--set", "server.port=2");

    assertThat(plannedWords()).contains("--server.port=2").doesNotContain("--server.port=1");
  }

  @Test
  void needsAMasterForAWorker() throws IOException {
    CommandRun run = CommandRun.of("worker");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errLines().getFirst()).contains("--master=HOST:PORT");
    assertThat(plannedWords()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"host", ":9740", "host:", "host:0", "host:70000", "::1:9740", "[]:9740"})
  void refusesAnAddressThatIsNone(String address) throws IOException {
    CommandRun run = CommandRun.of("worker", "--master", address);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errLines().getFirst()).contains("--master").contains("'");
    assertThat(plannedWords()).isEmpty();
  }

  @Test
  void takesAnIpv6AddressInBrackets() throws IOException {
    assertThat(CommandRun.of("worker", "--master", "[::1]:9740").status()).isZero();
    assertThat(plannedWords()).contains("--p2pmine.worker.master=[::1]:9740");
  }

  @Test
  void saysWhichJarIsMissing() throws IOException {
    Files.delete(directory.resolve("worker-agent.jar"));

    CommandRun run = CommandRun.of("worker", "--master", "host:1");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errLines()).hasSize(1);
    assertThat(run.err()).contains("worker-agent.jar is missing");
  }

  private List<String> plannedWords() throws IOException {
    String words = Files.readString(plan);
    return words.isEmpty() ? List.of() : List.of(words.split("\0"));
  }
}
