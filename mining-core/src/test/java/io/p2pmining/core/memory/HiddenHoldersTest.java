package io.p2pmining.core.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are listed with a table and not to be seen. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class HiddenHoldersTest {

  private static final TableRequest REQUEST = TableProcess.request();
  private static final long NOBODY = 999_999_999;

  private final AtomicInteger computed = new AtomicInteger();
  private final TableContent content = new TableProcess.Numbers(() -> computed.incrementAndGet());
  private final List<String> said = new CopyOnWriteArrayList<>();

  @TempDir Path parent;

  @Test
  void saysWhyItDoesNotUseTheTableOfAnotherContainer() throws Exception {
    try (OffHeapMemory first = tables().obtain(REQUEST, content)) {
      TableHolder self = TableFile.read(file()).getFirst();
      TableHolder elsewhere =
          new TableHolder(
              self.pid(),
              self.descriptor(),
              self.checksum(),
              self.pages(),
              new PidNamespace(self.namespace().number() + 1));
      assertThat(TableHolder.parse(elsewhere.line())).contains(elsewhere);
      Files.writeString(file(), elsewhere.line() + "\n");
      try (OffHeapMemory second = listening(() -> tables().obtain(REQUEST, content))) {
        assertThat(computed).as("the number may be another process here").hasValue(2);
        assertThat(first.segment().mismatch(second.segment())).isEqualTo(-1);
        assertThat(said)
            .containsExactly(
                "computes numbers, which process %d is listed with but cannot be asked for: it is a process of another PID namespace, as other containers have"
                    .formatted(self.pid()));
      }
    }
  }

  @Test
  void saysNothingOfProcessesThatHaveEnded() throws Exception {
    tables().sweep();
    TableHolder gone =
        new TableHolder(NOBODY, 5, 0, MemoryPages.HUGE, PidNamespace.ofThisProcess());
    Files.writeString(file(), gone.line() + "\n");
    listening(() -> tables().obtain(REQUEST, content)).close();
    assertThat(computed).hasValue(1);
    assertThat(said).isEmpty();
  }

  @Test
  void tellsAProcessThatMayNotBeLookedIntoFromOneThatHasEnded() {
    assumeFalse(Files.isReadable(Path.of("/proc/1/fd")), "root may look into all");
    TableHolder first = new TableHolder(1, 0, 0, MemoryPages.SMALL, PidNamespace.ofThisProcess());
    assertThat(first.obstacle().orElseThrow()).contains("not look into /proc/1/fd");
  }

  /** Remembers what is logged about tables on the way. */
  private <T> T listening(Callable<T> action) throws Exception {
    Logger logger = Logger.getLogger(SharedTable.class.getName());
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            said.add(line.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    logger.addHandler(handler);
    try {
      return action.call();
    } finally {
      logger.removeHandler(handler);
    }
  }

  private SharedTables tables() {
    return SharedTables.of(Sharing.through(parent.resolve("shared")));
  }

  private Path file() {
    return parent.resolve("shared").resolve(REQUEST.name().text());
  }
}
