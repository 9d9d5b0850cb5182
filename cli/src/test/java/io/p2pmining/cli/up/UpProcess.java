package io.p2pmining.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes.Name;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A real {@code p2pmine up} process whose services are fakes. Closing it kills all of them. */
final class UpProcess implements AutoCloseable {

  static final long LIMIT_SECONDS = 60;

  private final Path directory;
  private final Process process;

  UpProcess(Path directory, String... options) throws IOException {
    this.directory = directory;
    Path jars = Files.createDirectories(directory.resolve("jars"));
    writeJar(jars.resolve("master-service.jar"), FakeMaster.class);
    writeJar(jars.resolve("worker-agent.jar"), FakeWorker.class);
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.add("-XX:TieredStopAtLevel=1");
    words.add("--enable-native-access=ALL-UNNAMED");
    words.add("-Dp2pmine.jars=" + jars);
    words.addAll(List.of("-cp", System.getProperty("java.class.path")));
    words.addAll(List.of("io.p2pmining.cli.P2pmine", "up", "--data", data().toString()));
    words.addAll(List.of("--http-port", "0", "--p2p-port", "0"));
    words.addAll(List.of(options));
    this.process =
        new ProcessBuilder(words)
            .redirectOutput(directory.resolve("out").toFile())
            .redirectError(directory.resolve("err").toFile())
            .start();
  }

  /** A jar that holds nothing but where its main class is. */
  private static void writeJar(Path jar, Class<?> main) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Name.MAIN_CLASS, main.getName());
    String classPath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(entry -> Path.of(entry).toUri().toString())
            .collect(Collectors.joining(" "));
    manifest.getMainAttributes().put(Name.CLASS_PATH, classPath);
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      out.finish();
    }
  }

  Path data() {
    return directory.resolve("data");
  }

  Process process() {
    return process;
  }

  String out() throws IOException {
    return Files.readString(directory.resolve("out"));
  }

  String err() throws IOException {
    return Files.readString(directory.resolve("err"));
  }

  /** The arguments of a worker that started, after its process id. */
  List<String> worker(int number) throws IOException {
    Path started = data().resolve("worker-" + number).resolve("started");
    return Files.exists(started) ? Files.readAllLines(started) : List.of();
  }

  ProcessHandle workerProcess(int number) throws IOException {
    return ProcessHandle.of(Long.parseLong(worker(number).getFirst())).orElseThrow();
  }

  /** The services that it started. */
  List<ProcessHandle> children() {
    return process.descendants().toList();
  }

  int awaitEnd() throws InterruptedException, IOException {
    boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
    assertThat(ended).as("it runs on: %s%s", out(), err()).isTrue();
    return process.exitValue();
  }

  void await(String what, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("waiting for %s: %s%s", what, out(), err()).isLessThan(end);
      Thread.sleep(50);
    }
  }

  @Override
  public void close() throws IOException {
    children().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
