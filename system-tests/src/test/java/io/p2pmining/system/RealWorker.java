package io.p2pmining.system;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The worker of this build in a process of its own, hashing for a small part of the time. */
final class RealWorker {

  private static final Path ROOT = Path.of(System.getProperty("p2pmine.root", ".."));

  private final Processes processes;
  private final List<String> words;
  private RunningProgram running;

  RealWorker(Processes processes, RestartedMaster master) throws IOException {
    this.processes = processes;
    Path jar = Installation.only(ROOT.resolve("worker-agent/target").toString(), "*-exec.jar");
    words =
        List.of(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:MaxDirectMemorySize=1t",
            "-Xmx64m",
            "-jar",
            jar.toAbsolutePath().toString(),
            "--p2pmine.data-dir=" + processes.directory().resolve("worker"),
            "--p2pmine.worker.master=127.0.0.1:" + master.address().getPort(),
            "--p2pmine.worker.name=real",
            "--p2pmine.worker.threads=1",
            "--p2pmine.worker.throttle=1",
            "--p2pmine.worker.tune=off",
            "--p2pmine.worker.http.port=0");
    running = launch();
  }

  private RunningProgram launch() throws IOException {
    return processes.start("worker", Map.of(), words);
  }

  /** SIGKILL, and a new start with the same files. */
  void crash() throws IOException {
    running.kill();
    running = launch();
  }
}
