package io.p2pmining.worker.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.p2pmining.common.wire.v1.Hello;
import io.p2pmining.worker.ScriptedMaster;
import io.p2pmining.worker.work.Units;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class MonitorTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int DEFAULT_PORT = 9741;

  @TempDir private Path data;

  private final ScriptedMaster master = new ScriptedMaster(0);

  @AfterEach
  void end() {
    master.close();
  }

  @Test
  void servesHealthAndMetricsOnTheNextFreePortAndTellsTheMaster() throws Exception {
    try (ServerSocket taken = takeDefaultPort();
        WholeWorker worker = WholeWorker.startOnDefaultPort(master, data)) {
      ScriptedMaster.Session session = master.awaitSession();
      assertThat(taken.isClosed()).isFalse();
      assertThat(worker.httpPort()).isBetween(DEFAULT_PORT + 1, DEFAULT_PORT + 99);
      assertThat(session.await(Hello.class).getHttpPort()).isEqualTo(worker.httpPort());
      assertThat(data.resolve("worker.json"))
          .content()
          .contains("\"httpPort\":" + worker.httpPort());

      await().atMost(LIMIT).until(() -> worker.get("/actuator/health").statusCode() == 200);
      assertThat(worker.health("$.status")).isEqualTo("UP");
      assertThat(worker.health("$.components.master.details.connection"))
          .isEqualTo("scripted on 127.0.0.1:" + master.port());
      session.send(Units.assign(1, 1000, Units.NEVER));
      session.awaitCompletion();
      assertThat(worker.health("$.components.miner.details.algorithm")).isEqualTo("sha256d");
      assertThat(worker.health("$.components.miner.details.engine")).isEqualTo("java");
      assertThat(worker.health("$.components.miner.details.mode")).isEqualTo("light");
      assertThat(worker.health("$.components.miner.details.pages")).isEqualTo("4k");

      HttpResponse<String> metrics = worker.get("/actuator/prometheus");
      assertThat(metrics.statusCode()).isEqualTo(200);
      assertThat(metrics.headers().firstValue("Content-Type").orElseThrow())
          .startsWith("text/plain");
      assertThat(metrics.body().lines())
          .contains(
              "p2pmine_worker_hashes_total 1000.0",
              "p2pmine_worker_engine{engine=\"java\"} 1.0",
              "p2pmine_worker_engine{engine=\"compiler\"} 0.0",
              "p2pmine_worker_mode{mode=\"light\"} 1.0",
              "p2pmine_worker_pages{pages=\"4k\"} 1.0",
              "p2pmine_worker_lanes 1.0")
          .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{"))
          .anyMatch(line -> line.startsWith("process_uptime_seconds"));
    }
  }

  @Test
  void isAliveButNotReadyWithoutAMaster() throws Exception {
    try (WholeWorker worker = WholeWorker.start(master, data)) {
      master.awaitSession();
      await().atMost(LIMIT).until(() -> isReady(worker));

      master.close();

      await().atMost(LIMIT).until(() -> !isReady(worker));
      assertThat(worker.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
      assertThat(worker.health("$.components.master.status")).isEqualTo("DOWN");
      assertThat(worker.health("$.components.miner.status")).as("idle is not down").isEqualTo("UP");
    }
  }

  @Test
  void servesNothingElse() throws Exception {
    try (WholeWorker worker = WholeWorker.start(master, data)) {
      assertThat(worker.get("/actuator/env").statusCode()).isEqualTo(404);
      assertThat(worker.get("/actuator/health/nothing").statusCode()).isEqualTo(404);
      assertThat(worker.post("/actuator/health").statusCode()).isEqualTo(405);
      assertThat(worker.get("/" + "x".repeat(2000)).statusCode()).isEqualTo(400);
    }
  }

  private static boolean isReady(WholeWorker worker) throws IOException, InterruptedException {
    return worker.get("/actuator/health/readiness").statusCode() == 200;
  }

  /** The port that a first worker would have; another program may have it as well. */
  private static ServerSocket takeDefaultPort() throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), DEFAULT_PORT));
    } catch (BindException e) {
      assertThat(socket.isBound()).as("taken by somebody else").isFalse();
    }
    return socket;
  }
}
