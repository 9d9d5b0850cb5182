package io.p2pmining.master.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class GroupLogTest {

  private static final UUID MASTER = new UUID(1, 2);
  private static final int SEGMENT_BYTES = 8000;

  private final Journal journal = new Journal(0);
  private final Workload workload =
      new Workload(journal, new AtomicLong()::incrementAndGet, new Random(1));
  @TempDir private Path directory;
  private Path log;

  @BeforeEach
  void plugIn() {
    ((Logger) LoggerFactory.getLogger(GroupLog.class)).setLevel(Level.ERROR);
    VolatileDisk.plugIn();
    log = directory.resolve("log");
  }

  private static GroupLog open(Path where, LogDisk disk) throws IOException {
    return new GroupLog(where, disk, MASTER, SEGMENT_BYTES);
  }

  private GroupLog openOneFile() throws IOException {
    return new GroupLog(log, LogDisk.FILES, MASTER, Long.MAX_VALUE);
  }

  private Group next() {
    return next(5);
  }

  private Group next(int tasks) {
    workload.work(tasks);
    return journal.take(false);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(log)) {
      return files.sorted().toList();
    }
  }

  private static List<Long> numbersIn(GroupLog log, long after) throws Exception {
    List<Long> numbers = new ArrayList<>();
    log.readEarlier(after, group -> numbers.add(group.number()));
    return numbers;
  }

  private static List<Long> numbersIn(Path where) throws Exception {
    return numbersIn(open(where, LogDisk.FILES), 0);
  }

  private void append(int groups) throws IOException {
    try (GroupLog writing = open(log, LogDisk.FILES)) {
      for (int i = 0; i < groups; i++) {
        writing.append(next());
      }
    }
  }

  @Test
  void readsWholeRecordsWhereverTheFileIsCut() throws Exception {
    List<Integer> ends = new ArrayList<>(List.of(0));
    try (GroupLog writing = openOneFile()) {
      for (int i = 0; i < 4; i++) {
        ends.add(ends.getLast() + writing.append(next(1)));
      }
    }
    byte[] whole = Files.readAllBytes(files().getFirst());
    assertThat(whole).hasSize(ends.getLast());
    Path cut = Files.createDirectory(directory.resolve("cut"));
    for (int length = 0; length <= whole.length; length++) {
      Files.write(cut.resolve(files().getFirst().getFileName()), Arrays.copyOf(whole, length));
      int bytes = length;
      assertThat(numbersIn(cut))
          .as("length=%s", length)
          .hasSize((int) ends.stream().filter(end -> end > 0 && end <= bytes).count());
    }
  }

  @Test
  void readsNothingFromADamagedRecordOn() throws Exception {
    try (GroupLog writing = openOneFile()) {
      for (int i = 0; i < 4; i++) {
        writing.append(next());
      }
    }
    byte[] whole = Files.readAllBytes(files().getFirst());
    Random random = new Random(2);
    for (int i = 0; i < 500; i++) {
      byte[] damaged = whole.clone();
      int where = random.nextInt(whole.length);
      damaged[where] ^= (byte) (1 + random.nextInt(255));
      Files.write(files().getFirst(), damaged);
      List<Long> numbers = numbersIn(log);
      assertThat(numbers).as("where=%s", where).hasSizeLessThan(4);
      assertThat(numbers).isEqualTo(List.of(1L, 2L, 3L).subList(0, numbers.size()));
    }
  }

  @Test
  void passesOverWhatTheDatabaseHas() throws Exception {
    append(20);

    assertThat(files()).hasSizeGreaterThan(2);
    assertThat(numbersIn(open(log, LogDisk.FILES), 17)).containsExactly(18L, 19L, 20L);
    assertThat(numbersIn(open(log, LogDisk.FILES), 30)).isEmpty();
  }

  @Test
  void refusesALogWithAHole() throws Exception {
    append(30);
    Files.delete(files().get(1));

    assertThatThrownBy(() -> numbersIn(log))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("the database ends at group");
  }

  @Test
  void refusesTheLogOfAnotherMaster() throws Exception {
    append(1);
    GroupLog other = new GroupLog(log, LogDisk.FILES, new UUID(3, 4), SEGMENT_BYTES);

    assertThatThrownBy(() -> numbersIn(other, 0))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("another master");
  }

  @Test
  void deletesFilesButForTheOneInUse() throws Exception {
    try (GroupLog writing = open(log, LogDisk.FILES)) {
      for (int i = 0; i < 30; i++) {
        writing.append(next());
      }
      int all = files().size();
      assertThat(writing.hasFilesThrough(1)).isFalse();
      writing.deleteThrough(15);
      assertThat(files()).hasSizeLessThan(all).hasSizeGreaterThan(1);
      assertThat(numbersIn(open(log, LogDisk.FILES), 15)).startsWith(16L).endsWith(30L);
      writing.deleteThrough(30);
      assertThat(files()).hasSize(1);
      writing.append(next());
      assertThat(numbersIn(open(log, LogDisk.FILES), 30)).containsExactly(31L);
    }
  }

  @Test
  void hasEachGroupOnceAfterTheDiskWasFull() throws Exception {
    try (GroupLog writing = open(log, new VolatileLogDisk())) {
      List<Long> numbers = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        Group group = next();
        if (i % 3 == 0) {
          VolatileDisk.fill(true);
          for (int attempt = 0; attempt < 3; attempt++) {
            assertThatThrownBy(() -> writing.append(group)).hasMessageContaining("No space left");
          }
          VolatileDisk.fill(false);
        }
        writing.append(group);
        numbers.add(group.number());
      }
      assertThat(numbersIn(log)).isEqualTo(numbers);
    }
  }

  @Test
  void hasEachGroupOnceAfterAForceFailed() throws Exception {
    FailingDisk disk = new FailingDisk();
    try (GroupLog writing = open(log, disk)) {
      for (int i = 0; i < 10; i++) {
        Group group = next();
        if (i % 2 == 0) {
          disk.failNextForce = true;
          assertThatThrownBy(() -> writing.append(group)).hasMessageContaining("I/O error");
        }
        writing.append(group);
      }
    }
    assertThat(numbersIn(log)).hasSize(10).doesNotHaveDuplicates();
  }

  /** A disk that fails when it is told to, having written nobody knows what. */
  private static final class FailingDisk extends VolatileLogDisk {

    private boolean failNextForce;

    @Override
    public FileChannel open(Path file) throws IOException {
      return new ForwardingChannel(super.open(file)) {
        @Override
        public void force(boolean metaData) throws IOException {
          if (failNextForce) {
            failNextForce = false;
            throw new IOException("I/O error");
          }
          super.force(metaData);
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
          throw new IOException("read-only");
        }
      };
    }
  }
}
