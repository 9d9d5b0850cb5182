package io.p2pmining.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A master that is started for a measurement, with a data directory that is deleted afterwards.
 * Linux only: memory is read from {@code /proc}.
 */
final class OwnMaster implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
  private static final long POLL_MS = 20;

  /** It is there once the master is ready, as long as it runs. */
  private static final String RUNTIME_FILE = "master.json";

  private static final int SPARE_CONNECTIONS = 64;

  /** Shares that may wait by default; of many workers more may come at once after a pause. */
  private static final int LEAST_QUEUE = 1000;

  private static final int BYTES_PER_KIB = 1024;

  private final List<String> command;
  private final Path data;
  private Process process;
  private String runtime = "";

  private OwnMaster(List<String> command, Path data, Process process) {
    this.command = command;
    this.data = data;
    this.process = process;
  }

  /**
   * Starts a master and waits until it is ready.
   *
   * @param workers how many may connect
   */
  static OwnMaster start(MasterOptions options, int workers) throws InterruptedException {
    Path jar = options.jar();
    if (!Files.isRegularFile(jar)) {
      throw new LoadException(
          jar
              + " is not there: build it by ./mvnw -pl master-service -am package -DskipTests,"
              + " or name it by --jar");
    }
    try {
      Path data = Files.createTempDirectory("p2pmine-load");
      List<String> command = command(options, workers, data);
      OwnMaster master = new OwnMaster(command, data, launch(command, data));
      master.awaitReady();
      return master;
    } catch (IOException e) {
      throw new LoadException("cannot start " + jar + ": " + e.getMessage(), e);
    }
  }

  private static Process launch(List<String> command, Path data) throws IOException {
    Files.deleteIfExists(data.resolve(RUNTIME_FILE));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(data.resolve("log").toFile())
        .start();
  }

  /** Starts it again with the same files after {@link #stop}, and waits until it is ready. */
  void startAgain() throws InterruptedException {
    try {
      process = launch(command, data);
      awaitReady();
    } catch (IOException e) {
      throw new LoadException("cannot start it again: " + e.getMessage(), e);
    }
  }

  /** Its data directory. */
  Path data() {
    return data;
  }

  private static List<String> command(MasterOptions options, int workers, Path data) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options.javaOptions());
    command.addAll(
        List.of(
            "-jar",
            options.jar().toString(),
            "--p2pmine.data-dir=" + data,
            "--p2pmine.master.p2p-port=0",
            "--p2pmine.master.benchmark=off",
            "--p2pmine.master.max-connections=" + (workers + SPARE_CONNECTIONS),
            "--p2pmine.master.verification.queue=" + Math.max(workers, LEAST_QUEUE),
            "--server.port=0"));
    if (!options.datasource().isEmpty()) {
      command.add("--spring.datasource.url=" + options.datasource());
    }
    return command;
  }

  private void awaitReady() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    Path file = data.resolve(RUNTIME_FILE);
    while (!Files.exists(file)) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        process.destroyForcibly();
        String log = log();
        delete(data);
        throw new LoadException("the master does not start:\n" + log);
      }
      Thread.sleep(POLL_MS);
    }
    runtime = Files.readString(file);
  }

  int p2pPort() {
    return number("p2pPort");
  }

  int httpPort() {
    return number("httpPort");
  }

  private int number(String name) {
    Matcher matcher = Pattern.compile("\"" + name + "\"\\s*:\\s*(\\d+)").matcher(runtime);
    if (!matcher.find()) {
      throw new LoadException("no " + name + " in master.json: " + runtime);
    }
    return Integer.parseInt(matcher.group(1));
  }

  /** Lets it collect its garbage. */
  void collectGarbage() throws InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    try {
      int status =
          new ProcessBuilder(jcmd.toString(), Long.toString(process.pid()), "GC.run")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor();
      if (status != 0) {
        throw new LoadException("jcmd GC.run: status=" + status + ": use a JDK, not a JRE");
      }
    } catch (IOException e) {
      throw new LoadException("cannot run " + jcmd + ": use a JDK, not a JRE", e);
    }
  }

  /** The memory of its process, resident, in bytes. */
  long residentBytes() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc", "" + process.pid(), "status"))) {
        if (line.startsWith("VmRSS:")) {
          return BYTES_PER_KIB * Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
    } catch (IOException e) {
      throw new LoadException("cannot read the master's memory: " + e.getMessage(), e);
    }
    throw new LoadException("the master has ended; see what it said:\n" + log());
  }

  private String log() {
    try {
      return Files.readString(data.resolve("log"));
    } catch (IOException e) {
      return "(its log cannot be read: " + e.getMessage() + ")";
    }
  }

  /** Ends it in order, and keeps its files. */
  void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }

  @Override
  public void close() {
    try {
      stop();
      delete(data);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException("data=" + data, e);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
