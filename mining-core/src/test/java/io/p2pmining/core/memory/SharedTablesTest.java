package io.p2pmining.core.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.p2pmining.core.memory.FailingCalls.CodeMemory;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class SharedTablesTest {

  private static final TableRequest REQUEST = TableProcess.request();
  private static final long NOBODY = 999_999_999;

  private final AtomicInteger computed = new AtomicInteger();
  private final TableContent content = new TableProcess.Numbers(() -> computed.incrementAndGet());

  @TempDir Path parent;
  private long viewsBefore;

  @BeforeEach
  void countsViews() {
    viewsBefore = OwnMappings.now().tableViews();
  }

  @AfterEach
  void leavesNothingMapped() {
    assertThat(OwnMappings.now().tableViews()).isEqualTo(viewsBefore);
  }

  @Test
  void computesOnceForAll() throws Exception {
    try (OffHeapMemory first = tables().obtain(REQUEST, content);
        OffHeapMemory second = tables().obtain(REQUEST, content)) {
      assertThat(computed).hasValue(1);
      assertThat(first.segment().mismatch(second.segment())).isEqualTo(-1);
      assertThat(first.segment().address()).isNotEqualTo(second.segment().address());
      assertThat(Files.readAllLines(file())).hasSize(2);
    }
    assertThat(files()).as("the last one deletes the file").isEmpty();
    try (OffHeapMemory again = tables().obtain(REQUEST, content)) {
      assertThat(computed).hasValue(2);
      assertThat(again.pages()).isEqualTo(MemoryPages.SMALL);
    }
  }

  @Test
  void givesOutWhatNobodyCanWriteTo() throws Exception {
    try (OffHeapMemory table = tables().obtain(REQUEST, content)) {
      assertThat(OwnMappings.now().permissionsAt(table.segment().address())).isEqualTo("r--s");
      assertThatThrownBy(() -> table.segment().set(ValueLayout.JAVA_BYTE, 0, (byte) 1))
          .isInstanceOf(IllegalArgumentException.class);
      TableHolder self = TableFile.read(file()).getFirst();
      MappingCalls calls = new LinuxCalls();
      String path = "/proc/self/fd/" + self.descriptor();
      int descriptor = calls.open(path, FileCalls.O_READ_WRITE, 0);
      try {
        assertThatThrownBy(
                () ->
                    calls.map(
                        0, 4096, MappingCalls.PROT_READ_WRITE, MappingCalls.MAP_SHARED, descriptor))
            .hasMessageContaining("errno=1");
        assertThatThrownBy(() -> calls.resize(descriptor, 1)).hasMessageContaining("errno=1");
      } finally {
        calls.closeFile(descriptor);
      }
    }
  }

  @Test
  void refusesATableWithAnotherChecksum() throws Exception {
    try (OffHeapMemory first = tables().obtain(REQUEST, content)) {
      TableHolder self = TableFile.read(file()).getFirst();
      TableHolder liar = TableHolder.self(self.descriptor(), ~self.checksum(), self.pages());
      Files.writeString(file(), liar.line() + "\n");
      try (OffHeapMemory second = tables().obtain(REQUEST, content)) {
        assertThat(computed).hasValue(2);
        assertThat(first.segment().mismatch(second.segment())).isEqualTo(-1);
        assertThat(TableFile.read(file())).doesNotContain(liar).hasSize(1);
      }
    }
  }

  @Test
  void refusesATableThatDoesNotStandUpToALook() throws Exception {
    TableContent wrong =
        new TableContent() {
          @Override
          public void fill(MemorySegment table) {
            table.fill((byte) 7);
          }

          @Override
          public boolean accepts(MemorySegment table) {
            return true;
          }
        };
    try (OffHeapMemory first = tables().obtain(REQUEST, wrong);
        OffHeapMemory second = tables().obtain(REQUEST, content)) {
      assertThat(computed).hasValue(1);
      assertThat(content.accepts(first.segment())).isFalse();
      assertThat(content.accepts(second.segment())).isTrue();
    }
  }

  @Test
  void neverTakesAFileThatItsOwnerCanStillChange() throws Exception {
    Files.createDirectory(
        directory(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    MappingCalls calls = new LinuxCalls();
    int half =
        calls.openMemoryFile(
            SharedTable.fileName(REQUEST.name().text()),
            FileCalls.MFD_CLOEXEC | FileCalls.MFD_ALLOW_SEALING);
    try {
      calls.resize(half, TableProcess.BYTES);
      TableHolder builder = TableHolder.self(half, 0, MemoryPages.SMALL);
      Files.writeString(file(), builder.line() + "\n");
      try (OffHeapMemory table = tables().obtain(REQUEST, content)) {
        assertThat(computed).hasValue(1);
        assertThat(content.accepts(table.segment())).isTrue();
      }
    } finally {
      calls.closeFile(half);
    }
  }

  @Test
  void passesOverWhatIsNoListOfHolders() throws Exception {
    tables().sweep();
    Files.write(file(), new byte[] {0, 1, (byte) 0xff, '\n', '1', ' ', '2', '\n'});
    try (OffHeapMemory table = tables().obtain(REQUEST, content)) {
      assertThat(computed).hasValue(1);
      assertThat(TableFile.read(file())).hasSize(1);
      assertThat(table.segment().byteSize()).isEqualTo(TableProcess.BYTES);
    }
  }

  @Test
  void sweepsWhatProcessesThatEndedLeft() throws Exception {
    tables().sweep();
    Path stale = directory().resolve("dataset-00000000000000000000000000000000");
    TableHolder gone =
        new TableHolder(NOBODY, 5, 0, MemoryPages.HUGE, PidNamespace.ofThisProcess());
    Files.writeString(stale, gone.line() + "\n");
    try (OffHeapMemory table = tables().obtain(REQUEST, content)) {
      Files.writeString(file(), Files.readString(file()) + gone.line() + "\n");

      assertThat(tables().sweep()).isEqualTo(table.segment().byteSize());

      assertThat(files()).containsExactly(file());
      assertThat(TableFile.read(file())).doesNotContain(gone).hasSize(1);
    }
  }

  @Test
  void refusesADirectoryThatOthersMayLookInto() throws Exception {
    Files.createDirectory(directory());
    Files.setPosixFilePermissions(directory(), PosixFilePermissions.fromString("rwxr-x---"));

    assertRefused("close it with chmod 700 " + directory());
  }

  @Test
  void refusesALinkAndAFileInPlaceOfTheDirectory() throws Exception {
    Path elsewhere = Files.createDirectory(parent.resolve("elsewhere"));
    Files.createSymbolicLink(directory(), elsewhere);
    assertRefused("is no directory");
    Files.delete(directory());
    Files.writeString(directory(), "a file");
    assertRefused("is no directory");
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void refusesADirectoryOfAnotherUser() throws Exception {
    Files.createDirectory(directory());
    Files.setPosixFilePermissions(directory(), PosixFilePermissions.fromString("rwx------"));
    assumeTrue(giveAway(directory()), "only root can give a directory away");

    assertRefused("belongs to another user");
  }

  @Test
  void refusesALinkInPlaceOfATablesFile() throws Exception {
    tables().sweep();
    Path target = Files.writeString(parent.resolve("precious"), "precious");
    Files.createSymbolicLink(file(), target);

    assertRefused("cannot be locked");

    assertThat(target).hasContent("precious");
  }

  @Test
  void neverSharesMoreThanItIsToldTo() throws Exception {
    try (OffHeapMemory own = SharedTables.of(Sharing.OFF).obtain(REQUEST, content)) {
      assertThat(OwnMappings.now().tableViews()).isEqualTo(viewsBefore);
      assertThat(content.accepts(own.segment())).isTrue();
    }
    assertThat(directory()).doesNotExist();
  }

  @Test
  void findsOutWhetherProcessesCanShareHere() throws Exception {
    assertThat(tables().obstacle()).isEmpty();
    assertThat(files()).isEmpty();
    Files.setPosixFilePermissions(directory(), PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThat(tables().obstacle().orElseThrow()).contains("chmod 700");
  }

  @Test
  void isComputedNearTheNodeOfWhoeverComputesIt() {
    FailingCalls system =
        new FailingCalls(call -> call.function().equals("mbind"), CodeMemory.TWO_VIEWS);
    TableRequest near = new TableRequest(REQUEST.name(), REQUEST.purpose(), REQUEST.pages(), 0);
    List<Exception> failures =
        system.failures(
            () -> {
              try (OffHeapMemory first = tables().obtain(near, content);
                  OffHeapMemory second = tables().obtain(near, content)) {
                assertThat(first.segment().mismatch(second.segment())).isEqualTo(-1);
              }
            });
    assertThat(failures).as("a wish that is refused").isEmpty();
    system.assertNothingLeft();
    assertThat(system.calls().stream().filter(call -> call.function().equals("mbind")))
        .as("of the builder alone")
        .extracting(FailingCalls.Call::length)
        .containsExactly(TableProcess.BYTES);
  }

  @Test
  void leavesNothingBehindWhicheverCallFails() throws Exception {
    FailingCalls counting = new FailingCalls(call -> false, CodeMemory.TWO_VIEWS);
    assertThat(counting.failures(this::buildAndTake)).isEmpty();
    counting.assertNothingLeft();
    int calls = counting.calls().size();
    assertThat(calls).isGreaterThan(20);
    for (int i = 0; i < calls; i++) {
      int failing = i;
      FailingCalls system = new FailingCalls(call -> call.index() == failing, CodeMemory.TWO_VIEWS);
      List<Exception> failures = system.failures(this::buildAndTake);
      system.assertNothingLeft();
      assertThat(failures)
          .allMatch(
              failure ->
                  failure instanceof SharedMemoryException
                      || failure instanceof InsufficientMemoryException);
      tables().sweep();
      assertThat(files()).as("after call %d", failing).isEmpty();
    }
  }

  private void buildAndTake() throws InterruptedException {
    SharedTables required = SharedTables.of(new Sharing(SharingPolicy.REQUIRED, directory(), 0));
    try (OffHeapMemory first = required.obtain(REQUEST, content);
        OffHeapMemory second = required.obtain(REQUEST, content)) {
      assertThat(first.segment().byteSize()).isEqualTo(second.segment().byteSize());
    }
  }

  @Test
  void liesOnHugePagesWhereTheKernelFormsThem() throws Exception {
    String[] version = System.getProperty("os.version").split("[^0-9]+", 3);
    assumeTrue(
        100 * Integer.parseInt(version[0]) + Integer.parseInt(version[1]) >= 601
            && PageMapper.of(new LinuxCalls()).transparentPagesOffered(),
        "forming huge pages of shared memory needs Linux 6.1");
    TableRequest large =
        new TableRequest(REQUEST.name(), REQUEST.purpose(), PagePolicy.TRANSPARENT_HUGE);
    try (OffHeapMemory first = tables().obtain(large, content);
        OffHeapMemory second = tables().obtain(large, content)) {
      assertThat(first.pages()).isEqualTo(MemoryPages.TRANSPARENT_HUGE);
      assertThat(second.pages()).isEqualTo(MemoryPages.TRANSPARENT_HUGE);
    }
  }

  /** Required sharing fails with the reason; where it is not required, memory is this process's. */
  private void assertRefused(String reason) throws InterruptedException {
    computed.set(0);
    SharedTables required = SharedTables.of(new Sharing(SharingPolicy.REQUIRED, directory(), 0));
    assertThatThrownBy(() -> required.obtain(REQUEST, content).close())
        .isInstanceOf(SharedMemoryException.class)
        .hasMessageContaining(reason);
    assertThat(computed).hasValue(0);
    try (OffHeapMemory own = tables().obtain(REQUEST, content)) {
      assertThat(computed).hasValue(1);
      assertThat(OwnMappings.now().tableViews()).isEqualTo(viewsBefore);
      assertThat(content.accepts(own.segment())).isTrue();
    }
  }

  private SharedTables tables() {
    return SharedTables.of(Sharing.through(directory()));
  }

  private Path directory() {
    return parent.resolve("shared");
  }

  private Path file() {
    return directory().resolve(REQUEST.name().text());
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory())) {
      return files.toList();
    }
  }

  private static boolean giveAway(Path path) {
    try {
      Files.setAttribute(path, "unix:uid", 65534, LinkOption.NOFOLLOW_LINKS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
