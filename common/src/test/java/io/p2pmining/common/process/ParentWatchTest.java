package io.p2pmining.common.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParentWatchTest {

  private static final long LIMIT_SECONDS = 30;

  @TempDir Path directory;

  @Test
  void childEndsWithItsHooksWhenParentIsKilled() throws Exception {
    Path ended = directory.resolve("ended");
    Process parent = start(directory.resolve("parent.log"), Parent.class, ended.toString());
    ProcessHandle child = null;
    try {
      long childPid = Long.parseLong(parent.inputReader().readLine());
      child = ProcessHandle.of(childPid).orElseThrow();
      parent.destroyForcibly().waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);

      child.onExit().get(LIMIT_SECONDS, TimeUnit.SECONDS);

      assertThat(ended).exists();
    } finally {
      parent.destroyForcibly();
      if (child != null) {
        child.destroyForcibly();
      }
    }
  }

  @Test
  void endsAtOnceWhenTheNamedProcessIsNotItsParent() throws Exception {
    Process stranger =
        new ProcessBuilder(
                java(),
                "-D" + ParentWatch.PARENT_PID + "=" + Long.MAX_VALUE,
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                directory.resolve("ended").toString())
            .redirectErrorStream(true)
            .redirectOutput(Redirect.DISCARD)
            .start();
    try {
      assertThat(stranger.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(stranger.exitValue()).isEqualTo(ParentWatch.EXIT_STATUS);
    } finally {
      stranger.destroyForcibly();
    }
  }

  private static Process start(Path log, Class<?> main, String... arguments) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(java(), "-cp", System.getProperty("java.class.path"), main.getName());
    builder.command().addAll(List.of(arguments));
    return builder.redirectError(log.toFile()).start();
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Starts a watching child, prints its process id and waits to be killed. */
  static final class Parent {

    public static void main(String[] args) throws Exception {
      Process child =
          new ProcessBuilder(
                  java(),
                  "-D" + ParentWatch.PARENT_PID + "=" + ProcessHandle.current().pid(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Child.class.getName(),
                  args[0])
              .redirectErrorStream(true)
              .start();
      String ready = child.inputReader().readLine();
      if (!"ready".equals(ready)) {
        throw new IllegalStateException("child said " + ready);
      }
      System.out.println(child.pid());
      child.waitFor();
    }
  }

  /** Runs until it is told to stop, and leaves a file if it stops in the ordinary way. */
  static final class Child {

    public static void main(String[] args) throws Exception {
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    try {
                      Files.createFile(Path.of(args[0]));
                    } catch (IOException e) {
                      throw new UncheckedIOException(e);
                    }
                  }));
      ParentWatch.startIfAsked();
      System.out.println("ready");
      Thread.sleep(TimeUnit.SECONDS.toMillis(2 * LIMIT_SECONDS));
    }
  }
}
