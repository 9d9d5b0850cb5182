package io.p2pmining.system;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system of its own in memory, which can be filled to its last byte. */
final class SmallDisk implements AutoCloseable {

  private static final String REQUIRED = "P2PMINE_REQUIRE_ROOT_TESTS";
  private static final String SIZE = "size=64m";
  private static final int CHUNK_BYTES = 4096;
  private static final long FILL_PAUSE_MS = 20;

  private final Path directory;
  private final Path filler;
  private volatile boolean filling;
  private Thread thread = new Thread();

  private SmallDisk(Path directory) {
    this.directory = directory;
    this.filler = directory.resolve("filler");
  }

  /** Mounts one, or skips the test where this user must not. */
  static SmallDisk mount(Path directory) throws Exception {
    Files.createDirectories(directory);
    String trouble = run("mount", "-t", "tmpfs", "-o", SIZE, "tmpfs", directory.toString());
    if (!trouble.isEmpty()) {
      String message = "a small disk cannot be mounted: " + trouble;
      if (Boolean.parseBoolean(System.getenv(REQUIRED))) {
        fail(message + ", but " + REQUIRED + " is set");
      }
      abort(message);
    }
    return new SmallDisk(directory);
  }

  private static String run(String... words) throws Exception {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
    return process.waitFor() == 0 ? "" : words[0] + " says: " + output;
  }

  Path directory() {
    return directory;
  }

  /** Takes every byte that is free, now and as soon as one becomes free. */
  void fill() {
    filling = true;
    thread = Thread.ofPlatform().name("filler").start(this::keepFull);
  }

  private void keepFull() {
    try (OutputStream file = Files.newOutputStream(filler)) {
      while (filling) {
        writeUntilFull(file);
        Thread.sleep(FILL_PAUSE_MS);
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("filling " + directory, e);
    }
  }

  private void writeUntilFull(OutputStream file) {
    byte[] chunk = new byte[CHUNK_BYTES];
    try {
      while (filling) {
        file.write(chunk);
      }
    } catch (IOException e) {
      // No space left: what was wanted.
    }
  }

  /** Gives the space back. */
  void free() throws Exception {
    filling = false;
    thread.join();
    Files.deleteIfExists(filler);
  }

  @Override
  public void close() throws Exception {
    free();
    String trouble = run("umount", "--lazy", directory.toString());
    if (!trouble.isEmpty()) {
      throw new IOException(trouble);
    }
  }
}
