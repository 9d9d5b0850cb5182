package io.p2pmining.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LoadCommandTest {

  private static final int WORKERS = 50;
  private static final int JOBS = 2;
  private static final String LIMITS =
      """
      Limit                     Soft Limit           Hard Limit           Units
      Max processes             63448                63448                processes
      Max open files            1024                 524288               files
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void reportsWhatTheWorkersWentThrough() throws Exception {
    try (PretendedMaster master = new PretendedMaster(false)) {
      int status = run(master, "--json");

      JsonNode report = JsonMapper.shared().readTree(out.toString());
      assertThat(status).as(err + out.toString()).isZero();
      assertThat(report.path("workers").asInt()).isEqualTo(WORKERS);
      assertThat(report.path("connectedWorkers").asInt()).isEqualTo(WORKERS);
      assertThat(report.path("sharesPerSecond").asDouble()).isPositive();
      assertThat(report.path("resultsPerSecond").asDouble())
          .isGreaterThan(report.path("sharesPerSecond").asDouble());
      assertThat(report.path("assign").path("count").asInt()).isPositive();
      assertThat(report.path("ack").path("count").asInt()).isPositive();
      assertThat(report.path("ack").path("p99Ms").asDouble()).isPositive();
      assertThat(report.path("workersOnNewJob").asInt()).isEqualTo(WORKERS);
      assertThat(report.path("newJobCancelMs")).hasSize(JOBS);
      assertThat(report.path("newJobAssignMs"))
          .hasSize(JOBS)
          .allSatisfy(took -> assertThat(took.asDouble()).isPositive());
      assertThat(report.path("heapMiB").asDouble()).isEqualTo(3);
      assertThat(report.path("residentMiB").asDouble()).as("of another's process").isNegative();
      assertThat(report.path("errors")).isEmpty();
      assertThat(master.workers()).isEqualTo(WORKERS);
      assertThat(master.rightShares()).isGreaterThan(WORKERS);
    }
  }

  @Test
  void failsWhenSharesAreRejected() throws Exception {
    try (PretendedMaster master = new PretendedMaster(true)) {
      assertThat(run(master)).isEqualTo(1);
      assertThat(out.toString()).contains("rejected: REJECTION_BAD_HASH");
    }
  }

  @Test
  void failsWhenNobodyAnswers() throws Exception {
    PretendedMaster master = new PretendedMaster(false);
    master.close();

    assertThat(run(master)).isEqualTo(1);
    assertThat(out.toString() + err).contains("does not answer").contains("--api");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--master=nowhere",
        "--master=:1",
        "--jar=nothing.jar",
        "--workers=0",
        "--warm-up=-1"
      })
  void saysWhatIsWrongWithItsArguments(String argument) {
    assertThat(execute(List.of(argument))).isEqualTo(1);
    assertThat(err.toString()).contains(argument.substring(2, argument.indexOf('=')));
  }

  @Test
  void saysHowToRaiseTheLimitOfOpenFiles() {
    assertThat(OpenFiles.remedyFor(700, LIMITS)).isEmpty();
    assertThat(OpenFiles.remedyFor(10_000, LIMITS).orElseThrow()).contains("ulimit -n 10300");
  }

  @Test
  void takesAnotherSourceAddressWhenPortsRunOut() {
    assertThat(Swarm.sourceOf(19_999)).isEqualTo("127.0.0.2");
    assertThat(Swarm.sourceOf(20_000)).isEqualTo("127.0.0.3");
  }

  @Test
  void percentilesAreValuesThatWereMeasured() {
    Latencies latencies = new Latencies();
    for (int i = 100; i >= 1; i--) {
      latencies.add(i * 1_000_000L);
    }

    assertThat(latencies.summary()).isEqualTo(new Latencies.Summary(100, 50, 99, 100));
    latencies.clear();
    assertThat(latencies.summary()).isEqualTo(new Latencies.Summary(0, 0, 0, 0));
  }

  private int run(PretendedMaster master, String... more) {
    List<String> arguments = new ArrayList<>();
    arguments.add("--master=" + master.address());
    arguments.add("--api=" + master.api());
    arguments.add("--workers=" + WORKERS);
    arguments.add("--results=" + 2 * WORKERS);
    arguments.add("--warm-up=3");
    arguments.add("--seconds=3");
    arguments.add("--jobs=" + JOBS);
    arguments.addAll(List.of(more));
    return execute(arguments);
  }

  private int execute(List<String> arguments) {
    return new CommandLine(new LoadCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err, true))
        .execute(arguments.toArray(String[]::new));
  }
}
