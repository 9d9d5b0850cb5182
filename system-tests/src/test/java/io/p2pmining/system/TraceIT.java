package io.p2pmining.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@EnabledOnOs(value = OS.LINUX, disabledReason = "threads are read from /proc")
class TraceIT {

  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String TRACE = "00-" + TRACE_ID + "-00f067aa0ba902b7-01";

  /** Far more shares than one, and over in a moment. */
  private static final String JOB =
      """
      {"algorithm": "sha256d", "blob": "%s", "nonceOffset": 76, "nonceStart": 0,
       "nonceCount": 100000, "difficulty": 1000}"""
          .formatted("00".repeat(80));

  private static final String[] WITHOUT_OTHER_WORK = {
    "--set=p2pmine.master.benchmark=off", "--set=p2pmine.log.format=ecs"
  };

  @RegisterExtension final Processes processes = new Processes();
  private Installation installation;

  @BeforeEach
  void install() throws IOException {
    installation = Installation.in(processes.directory().resolve("installation"));
  }

  @Test
  void findsOneTraceInTheLogsOfMasterAndWorkerAndSendsNothing() throws Exception {
    try (MasterProcess master = MasterProcess.start(processes, installation, WITHOUT_OTHER_WORK)) {
      RunningProgram worker = master.startWorker("tracing");
      String job = searchedJob(master);

      List<JsonNode> lines =
          master.program().output().lines().map(JsonMapper.shared()::readTree).toList();
      assertThat(lines)
          .filteredOn(line -> line.at("/trace/id").asString("").equals(TRACE_ID))
          .extracting(line -> line.path("message").asString())
          .contains("Job " + job + " of source posted: sha256d")
          .anyMatch(line -> line.matches("Unit \\d+ of job " + job + " is assigned to worker .*"))
          .anyMatch(line -> line.matches("Share \\d+ of job " + job + " is accepted, worker .*"))
          .anyMatch(line -> line.matches("Unit \\d+ of job " + job + " is completed, worker .*"));
      assertThat(worker.output().lines())
          .anyMatch(
              line -> line.contains("Searching job " + job) && line.endsWith(" trace=" + TRACE_ID));
      assertThat(worker.output().lines())
          .as("lines that belong to no trace")
          .anyMatch(line -> line.contains("Connected to master") && !line.contains("trace="));
      assertThat(exporters(master.program())).isEmpty();
      assertThat(exporters(worker)).isEmpty();
    }
  }

  @Test
  void sendsSpansOfBothWhereItIsTold() throws Exception {
    try (SpanReceiver receiver = new SpanReceiver()) {
      String[] settings =
          Stream.concat(Stream.of(WITHOUT_OTHER_WORK), Stream.of(sendingTo(receiver)))
              .toArray(String[]::new);
      try (MasterProcess master = MasterProcess.start(processes, installation, settings)) {
        RunningProgram worker = master.startWorker("tracing", sendingTo(receiver));
        searchedJob(master);

        for (String span : List.of("http post /jobs", "job", "unit")) {
          await("the master's span " + span)
              .atMost(LIMIT)
              .until(() -> receiver.has("p2pmine-master", span, TRACE_ID));
        }
        await("the worker's span")
            .atMost(LIMIT)
            .until(() -> receiver.has("p2pmine-worker", "search", TRACE_ID));
        assertThat(exporters(master.program())).hasSize(1);
        assertThat(exporters(worker)).hasSize(1);
      }
    }
  }

  private static String sendingTo(SpanReceiver receiver) {
    return "--set=management.opentelemetry.tracing.export.otlp.endpoint=" + receiver.endpoint();
  }

  /** Posts a job within the trace, waits until it is searched, and gives its id. */
  private static String searchedJob(MasterProcess master) {
    HttpResponse<String> answer = master.api().postWithin(TRACE, "/jobs", JOB);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    assertThat(answer.headers().firstValue("traceparent").orElse(""))
        .startsWith("00-" + TRACE_ID + "-");
    String id = JsonMapper.shared().readTree(answer.body()).path("id").asString();
    await("the job is searched")
        .atMost(LIMIT)
        .until(() -> master.api().json("/jobs/" + id).path("state").asString().equals("COMPLETED"));
    return id;
  }

  /** The threads of OpenTelemetry, by the beginnings of their names that Linux keeps. */
  private static List<String> exporters(RunningProgram program) throws IOException {
    try (Stream<Path> tasks = Files.list(Path.of("/proc", "" + program.process().pid(), "task"))) {
      List<String> names = tasks.map(task -> task.resolve("comm")).map(TraceIT::read).toList();
      assertThat(names).as("it is the service's own process").contains("VM Thread");
      return names.stream().filter(name -> name.startsWith("BatchSpan")).toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      return ""; // the thread has ended
    }
  }
}
