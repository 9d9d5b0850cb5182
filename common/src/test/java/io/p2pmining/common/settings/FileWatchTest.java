package io.p2pmining.common.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class FileWatchTest {

  private static final Instant READ_AT = Instant.parse("2026-01-02T00:00:00Z");
  private static final FileTime BEFORE = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

  @TempDir private Path directory;

  private Path file;
  private Path other;
  private final List<String> told = new ArrayList<>();

  private final FileWatch.Listener listener =
      new FileWatch.Listener() {
        @Override
        public void changed() {
          told.add("changed");
        }

        @Override
        public void gone(Path gone) {
          told.add("gone " + gone.getFileName());
        }
      };

  @BeforeEach
  void writeFiles() throws IOException {
    file = Files.writeString(directory.resolve("p2pmine.yml"), "a: 1\n");
    Files.setLastModifiedTime(file, BEFORE);
    other = directory.resolve("other.yml");
  }

  private FileWatch watch() {
    return new FileWatch(List.of(file, other), READ_AT, listener);
  }

  private static void look(FileWatch watch, int times) {
    for (int i = 0; i < times; i++) {
      watch.look();
    }
  }

  @Test
  void isSilentWhileNothingChanges() {
    look(watch(), 5);
    assertThat(told).isEmpty();
  }

  @Test
  void tellsOfAFileThatIsWrittenInPlaceOnceItSettled() throws IOException {
    FileWatch watch = watch();
    look(watch, 2);
    Files.writeString(file, "a: 2\nb", StandardOpenOption.TRUNCATE_EXISTING);
    watch.look();
    Files.writeString(file, ": 3\n", StandardOpenOption.APPEND);
    watch.look();
    assertThat(told).as("it was still being written").isEmpty();

    look(watch, 3);
    assertThat(told).containsExactly("changed");
  }

  @Test
  void tellsOfAFileThatIsReplacedByAnother() throws IOException {
    FileWatch watch = watch();
    Path fresh = Files.writeString(directory.resolve("p2pmine.yml~"), "a: 2\n");
    Files.setLastModifiedTime(fresh, BEFORE);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);

    look(watch, 3);
    assertThat(told).containsExactly("changed");
  }

  @Test
  void doesNotMindThatAFileIsAwayForAMoment() throws IOException {
    FileWatch watch = watch();
    Files.delete(file);
    watch.look();
    Files.writeString(file, "a: 2\n");

    look(watch, 3);
    assertThat(told).containsExactly("changed");
  }

  @Test
  void tellsOfAFileThatIsGoneAndOfItsReturn() throws IOException {
    FileWatch watch = watch();
    Files.delete(file);
    look(watch, 4);
    assertThat(told).containsExactly("gone p2pmine.yml");

    Files.writeString(file, "a: 1\n");
    look(watch, 3);
    assertThat(told).containsExactly("gone p2pmine.yml", "changed");
  }

  @Test
  void tellsOnceOfSeveralFilesAndOfOnesThatAreNew() throws IOException {
    FileWatch watch = watch();
    Files.writeString(file, "a: 2\n");
    Files.writeString(other, "b: 1\n");

    look(watch, 3);
    assertThat(told).containsExactly("changed");
  }

  @Test
  void tellsOfAFileThatWasWrittenSinceItWasRead() throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(READ_AT.plusSeconds(1)));

    look(watch(), 3);
    assertThat(told).containsExactly("changed");
  }

  @Test
  void followsSymbolicLinks() throws IOException {
    Path target = Files.writeString(directory.resolve("mounted.yml"), "b: 1\n");
    Files.setLastModifiedTime(target, BEFORE);
    Files.createSymbolicLink(other, target);
    FileWatch watch = watch();
    Files.writeString(target, "b: 2\n");

    look(watch, 3);
    assertThat(told).containsExactly("changed");
  }

  @Test
  void goesOnAfterAFaultOfItsListener() throws IOException {
    FileWatch watch =
        new FileWatch(
            List.of(file),
            READ_AT,
            new FileWatch.Listener() {
              @Override
              public void changed() {
                told.add("changed");
                throw new IllegalStateException("a fault on purpose");
              }

              @Override
              public void gone(Path gone) {}
            });
    Files.writeString(file, "a: 2\n");
    look(watch, 3);
    Files.writeString(file, "a: 30\n");
    look(watch, 3);

    assertThat(told).containsExactly("changed", "changed");
  }

  @Test
  @Timeout(60)
  void looksByItselfUntilItIsClosed() throws Exception {
    CountDownLatch heard = new CountDownLatch(1);
    FileWatch watch =
        FileWatch.start(
            List.of(file),
            READ_AT,
            new FileWatch.Listener() {
              @Override
              public void changed() {
                heard.countDown();
              }

              @Override
              public void gone(Path gone) {}
            });
    Files.writeString(file, "a: 2\n");
    assertThat(heard.await(50, TimeUnit.SECONDS)).isTrue();

    watch.close();
    assertThat(watch.isRunning()).isFalse();
  }
}
