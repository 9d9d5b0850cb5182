package io.p2pmining.core.memory;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A process that shares a table of a few MiB. It says {@code half} when it has computed half of it,
 * {@code complete} when it has a table it computed, {@code taken} when it has another's; ends when
 * it is told to go on after that.
 */
final class TableProcess implements AutoCloseable {

  static final long BYTES = 4L << 20;
  private static final long LIMIT_SECONDS = 60;

  private final Process process;
  private final BufferedReader out;

  private TableProcess(Process process) {
    this.process = process;
    this.out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * Starts one.
   *
   * @param waits whether it waits to be told to go on when half of the table is computed
   */
  static TableProcess start(Path directory, boolean waits) throws IOException {
    return new TableProcess(
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    TableProcess.class.getName(),
                    directory.toString(),
                    Boolean.toString(waits)))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  /** The next word that it says; an empty one when it has ended. */
  String word() throws IOException {
    return Objects.requireNonNullElse(out.readLine(), "");
  }

  void goOn() throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    awaitEnd();
  }

  void awaitEnd() throws InterruptedException {
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("does not end: pid=" + process.pid());
    }
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }

  /** The table of these processes. */
  static TableRequest request() {
    return new TableRequest(
        TableName.of("numbers", BYTES, List.of(new byte[] {1})), "numbers", PagePolicy.SMALL);
  }

  /** Numbers in their order; {@code atHalf} is run on the way. */
  record Numbers(Runnable atHalf) implements TableContent {

    @Override
    public void fill(MemorySegment table) {
      long count = BYTES / Long.BYTES;
      for (long i = 0; i < count; i++) {
        if (i == count / 2) {
          atHalf.run();
        }
        table.setAtIndex(ValueLayout.JAVA_LONG, i, i);
      }
    }

    @Override
    public boolean accepts(MemorySegment table) {
      long last = BYTES / Long.BYTES - 1;
      return table.getAtIndex(ValueLayout.JAVA_LONG, last) == last;
    }
  }

  public static void main(String[] arguments) throws Exception {
    boolean[] computed = new boolean[1];
    Runnable atHalf =
        () -> {
          computed[0] = true;
          if (Boolean.parseBoolean(arguments[1])) {
            System.out.println("half");
            awaitWord();
          }
        };
    SharedTables tables =
        SharedTables.of(new Sharing(SharingPolicy.REQUIRED, Path.of(arguments[0]), 0));
    try (OffHeapMemory table = tables.obtain(request(), new Numbers(atHalf))) {
      System.out.println(computed[0] ? "complete" : "taken");
      awaitWord();
      System.out.println(
          new Numbers(() -> {}).accepts(table.segment()) ? "still there" : "changed");
    }
  }

  private static void awaitWord() {
    try {
      if (System.in.read() < 0) {
        throw new IllegalStateException("nobody is there any more");
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
