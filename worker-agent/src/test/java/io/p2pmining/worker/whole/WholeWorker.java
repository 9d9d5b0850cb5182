package io.p2pmining.worker.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import io.p2pmining.common.node.NodeId;
import io.p2pmining.common.node.NodeIdFile;
import io.p2pmining.common.settings.InvalidSettingsException;
import io.p2pmining.common.settings.Reload;
import io.p2pmining.common.settings.Reloadable;
import io.p2pmining.common.settings.SettingsReload;
import io.p2pmining.worker.ScriptedMaster;
import io.p2pmining.worker.WorkerApplication;
import io.p2pmining.worker.node.HttpEndpoint;
import io.p2pmining.worker.node.RuntimeFile;
import io.p2pmining.worker.node.WorkerSettings;
import io.p2pmining.worker.work.DeskStatus;
import io.p2pmining.worker.work.WorkDesk;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The real worker, all of it, in this process. */
final class WholeWorker implements AutoCloseable {

  /** What operators and masters call it. */
  static final String NAME = "attic";

  private static final int THREADS = 2;

  private final Path data;
  private final ConfigurableApplicationContext context;
  private final HttpClient http = HttpClient.newHttpClient();

  private WholeWorker(Path data, ConfigurableApplicationContext context) {
    this.data = data;
    this.context = context;
  }

  /**
   * Starts one that serves health on any free port.
   *
   * @param settings what else to set, without the prefix of the worker's settings; unless that says
   *     how to tune, it does not, and hashes on two threads
   */
  static WholeWorker start(ScriptedMaster master, Path data, String... settings) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("http.port=0");
    return startOnDefaultPort(master, data, all.toArray(String[]::new));
  }

  /** Starts one that serves health where it does without a setting. */
  static WholeWorker startOnDefaultPort(ScriptedMaster master, Path data, String... settings) {
    List<String> arguments = new ArrayList<>();
    arguments.add("--p2pmine.data-dir=" + data);
    arguments.add("--p2pmine.worker.master=127.0.0.1:" + master.port());
    arguments.add("--p2pmine.worker.name=" + NAME);
    if (Stream.of(settings).noneMatch(setting -> setting.startsWith("tune="))) {
      arguments.add("--p2pmine.worker.threads=" + THREADS);
      arguments.add("--p2pmine.worker.tune=off");
    }
    arguments.add("--p2pmine.worker.progress-interval=100ms");
    for (String setting : settings) {
      arguments.add("--p2pmine.worker." + setting);
    }
    return new WholeWorker(
        data,
        new SpringApplicationBuilder(WorkerApplication.class)
            .registerShutdownHook(false)
            .run(arguments.toArray(String[]::new)));
  }

  NodeId id() throws Exception {
    return NodeIdFile.loadOrCreate(data, new SecureRandom());
  }

  DeskStatus status() {
    return context.getBean(WorkDesk.class).status();
  }

  long sharesFound() {
    return context.getBean(WorkDesk.class).shares().foundCount();
  }

  /** Reads the settings again, as the watch of their files does. */
  Reload reload() throws InvalidSettingsException {
    return context.getBean(SettingsReload.class).reload();
  }

  /** The settings that are in force. */
  WorkerSettings settings() {
    return (WorkerSettings) context.getBean(Reloadable.class).get();
  }

  /** For how much of the time each thread hashes, in percent. */
  int throttle() {
    return context.getBean(WorkDesk.class).throttle();
  }

  int httpPort() {
    return context.getBean(HttpEndpoint.class).port();
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri(path)).build());
  }

  HttpResponse<String> post(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.noBody()).build());
  }

  /** A part of the health page. */
  String health(String jsonPath) throws IOException, InterruptedException {
    return String.valueOf(JsonPath.<Object>read(get("/actuator/health").body(), jsonPath));
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + httpPort() + path);
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return http.send(request, BodyHandlers.ofString());
  }

  /** Ends it in order; without effect the second time. */
  @Override
  public void close() {
    context.close();
    http.close();
    assertThat(data.resolve(RuntimeFile.NAME)).doesNotExist();
  }
}
