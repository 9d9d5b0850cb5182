package io.p2pmining.worker.whole;

import io.p2pmining.worker.ScriptedMaster;
import io.p2pmining.worker.WorkerApplication;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A worker as a process of its own; closing it kills it.
 *
 * @param process the process
 * @param out what it printed
 */
record WorkerProcess(Process process, Path out) implements AutoCloseable {

  static WorkerProcess start(ScriptedMaster master, Path data, Path out, String... settings)
      throws IOException {
    List<String> words =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            classPath(),
            WorkerApplication.class.getName(),
            "--p2pmine.data-dir=" + data,
            "--p2pmine.worker.master=127.0.0.1:" + master.port(),
            "--p2pmine.worker.threads=2",
            "--p2pmine.worker.mode=light",
            "--p2pmine.worker.http.port=0");
    Files.createDirectories(data);
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of(settings));
    return new WorkerProcess(
        new ProcessBuilder(all).redirectErrorStream(true).redirectOutput(out.toFile()).start(),
        out);
  }

  /** Without what is for tests alone, such as their configuration of the log. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(entry -> !entry.endsWith("test-classes"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  String log() throws IOException {
    return Files.readString(out);
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
