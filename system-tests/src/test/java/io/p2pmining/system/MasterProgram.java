package io.p2pmining.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The master of this build, laid out for quick starts: unpacked, and with its classes loaded and
 * linked ahead of time, which halves the time to start on a small machine. A test that starts it
 * dozens of times would else spend most of its time in the JVM.
 */
final class MasterProgram {

  private static final Path ROOT = Path.of(System.getProperty("p2pmine.root", ".."));
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin/java").toString();
  private static final int FINGERPRINT_BYTES = 8;
  private static final Duration LIMIT = Duration.ofMinutes(3);

  /** Code that lives for seconds is not worth the second compiler's time. */
  private static final List<String> FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:MaxDirectMemorySize=1t",
          "-Xms32m",
          "-Xmx320m",
          // It warns of every class that cannot be linked ahead.
          "-Xlog:aot=error");

  private final Path directory;
  private final Path jar;

  private MasterProgram(Path directory) throws IOException {
    this.directory = directory;
    this.jar = Installation.only(directory.toString(), "*.jar");
  }

  /** Prepares it once for each build; later calls find it prepared. */
  static MasterProgram ofThisBuild(Processes processes) throws Exception {
    Path built = Installation.only(ROOT.resolve("master-service/target").toString(), "*-exec.jar");
    Path directory =
        ROOT.resolve("system-tests/target/master-" + fingerprint(built)).toAbsolutePath();
    if (!Files.exists(directory.resolve("classes.aot"))) {
      unpack(processes, built, directory);
      new MasterProgram(directory).train(processes);
    }
    return new MasterProgram(directory);
  }

  /** Every build gives its files the same time. */
  private static String fingerprint(Path file) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    return HexFormat.of().formatHex(digest, 0, FINGERPRINT_BYTES);
  }

  private static void unpack(Processes processes, Path built, Path directory) throws Exception {
    RunningProgram unpacking =
        processes.start(
            "unpacking",
            Map.of(),
            List.of(
                JAVA,
                "-Djarmode=tools",
                "-jar",
                built.toAbsolutePath().toString(),
                "extract",
                "--force",
                "--destination",
                directory.toString()));
    assertThat(unpacking.awaitEnd(LIMIT)).as("%s", unpacking.output()).isZero();
  }

  /** Runs it once and has the JVM write down what it loaded. */
  private void train(Processes processes) throws Exception {
    Path data = processes.directory().resolve("training");
    List<String> words = new ArrayList<>();
    words.add(JAVA);
    words.add("-XX:AOTCacheOutput=" + directory.resolve("classes.aot"));
    words.addAll(FLAGS);
    words.addAll(List.of("-jar", jar.toString()));
    words.addAll(settings(data, 0, 0));
    RunningProgram training = processes.start("training", Map.of(), words);
    await("a first start")
        .atMost(LIMIT)
        .until(
            () -> {
              assertThat(training.process().isAlive()).as("the master runs").isTrue();
              return Files.exists(data.resolve("master.json"));
            });
    training.terminate(LIMIT);
  }

  /** The words that start a master. */
  List<String> command(Path data, int httpPort, int p2pPort, List<String> settings) {
    return Stream.of(
            List.of(JAVA, "-XX:AOTCache=" + directory.resolve("classes.aot")),
            FLAGS,
            List.of("-jar", jar.toString()),
            settings(data, httpPort, p2pPort),
            settings)
        .flatMap(List::stream)
        .toList();
  }

  private static List<String> settings(Path data, int httpPort, int p2pPort) {
    return List.of(
        "--p2pmine.data-dir=" + data,
        "--server.port=" + httpPort,
        "--p2pmine.master.p2p-port=" + p2pPort);
  }
}
