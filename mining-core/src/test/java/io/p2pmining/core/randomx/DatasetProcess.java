package io.p2pmining.core.randomx;

import io.p2pmining.core.memory.Sharing;
import io.p2pmining.core.memory.SharingPolicy;
import io.p2pmining.core.pow.EngineSettings;
import io.p2pmining.core.pow.Hasher;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.Preparation;
import io.p2pmining.core.pow.PreparedSeed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/** A process that prepares rx/0 in full mode with tables that it must share, and hashes once. */
final class DatasetProcess implements AutoCloseable {

  private static final double SOME_PROGRESS = 0.1;

  private final Process process;
  private final BufferedReader out;

  private DatasetProcess(Process process) {
    this.process = process;
    this.out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static DatasetProcess start(Path directory) throws IOException {
    return new DatasetProcess(
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC",
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    DatasetProcess.class.getName(),
                    directory.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  void awaitProgress() throws IOException {
    await("progress");
  }

  void awaitInterim() throws IOException {
    await("interim");
  }

  /** The hash in hex. */
  String awaitHash() throws IOException {
    return await("hash ").substring("hash ".length());
  }

  private String await(String start) throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(start)) {
        return line;
      }
    }
    throw new IllegalStateException("ended without a word: " + start);
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }

  public static void main(String[] arguments) throws Exception {
    Sharing sharing = new Sharing(SharingPolicy.REQUIRED, Path.of(arguments[0]), 0);
    boolean[] told = new boolean[1];
    Preparation preparation =
        new Preparation(
                2,
                done -> {
                  synchronized (told) {
                    if (done > SOME_PROGRESS && done < 1 && !told[0]) {
                      told[0] = true;
                      System.out.println("progress");
                    }
                  }
                },
                EngineSettings.AUTO.withSharing(sharing))
            .withInterim(
                light -> {
                  System.out.println("interim");
                  light.close();
                });
    byte[] hash = new byte[Hasher.HASH_LENGTH];
    try (PreparedSeed seed =
            new RandomXAlgorithm(RandomXVariants.MONERO)
                .prepare(LightEngineTest.KEY, HashingMode.FULL, preparation);
        Hasher hasher = seed.newHasher()) {
      hasher.hash(new byte[] {5}, 1, hash);
      System.out.println("hash " + HexFormat.of().formatHex(hash));
      int ignored = System.in.read();
    }
  }
}
