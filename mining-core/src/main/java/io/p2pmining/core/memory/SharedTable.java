package io.p2pmining.core.memory;

import static io.p2pmining.core.memory.MappingCalls.PROT_READ;

import io.p2pmining.core.memory.TableHolder.OpenTable;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.CRC32C;

/**
 * One shared table on its way into this process, whose thread has the lock of its file: taken from
 * whoever holds it, or computed. Either way it is mapped for reading only, compared with its
 * checksum and looked at by {@link TableContent#accepts} before anybody gets it.
 */
final class SharedTable {

  private static final System.Logger LOG = System.getLogger(SharedTable.class.getName());

  private static final String FILE_PREFIX = "p2pmine-";

  /** How much a byte buffer may show of a table at a time. */
  private static final long BUFFER_BYTES = 1L << 30;

  /** For how long others may have the lock that end their use of the table. */
  private static final int MAX_GOODBYES = 20;

  private static final long GOODBYE_NANOS = 1_000_000;

  private final SharedDirectory directory;
  private final TableRequest request;
  private final TableContent content;
  private final PageMapper mapper;

  SharedTable(SharedDirectory directory, TableRequest request, TableContent content) {
    this.directory = directory;
    this.request = request;
    this.content = content;
    this.mapper = PageMapper.of(directory.calls());
  }

  /**
   * What the memory file of a table is called.
   *
   * @param table the text of the table's name
   */
  static String fileName(String table) {
    return FILE_PREFIX + table;
  }

  OffHeapMemory take(TableFile file)
      throws SystemCallException, SharingException, InterruptedException {
    List<TableHolder> listed = file.holders();
    List<TableHolder> alive = new ArrayList<>(listed);
    while (!alive.isEmpty()) {
      Optional<OpenTable> open = alive.getFirst().open(directory.calls(), request.name());
      if (open.isPresent()) {
        TableHolder other = alive.getFirst();
        Optional<OffHeapMemory> memory =
            use(open.get(), other.pages(), other.checksum(), file, alive);
        if (memory.isPresent()) {
          LOG.log(
              System.Logger.Level.INFO, "uses " + request.purpose() + " of process " + other.pid());
          return memory.get();
        }
        LOG.log(
            System.Logger.Level.WARNING,
            "what process %d gives out as %s is wrong and is not used"
                .formatted(other.pid(), request.purpose()));
      }
      alive.removeFirst();
    }
    sayWhatIsHidden(listed);
    return build(file);
  }

  /** The first reason is enough: mostly it is the same for all. */
  private void sayWhatIsHidden(List<TableHolder> listed) {
    for (TableHolder holder : listed) {
      Optional<String> obstacle = holder.obstacle();
      if (obstacle.isPresent()) {
        LOG.log(
            System.Logger.Level.INFO,
            "computes %s, which process %d is listed with but cannot be asked for: %s"
                .formatted(request.purpose(), holder.pid(), obstacle.get()));
        return;
      }
    }
  }

  private OffHeapMemory build(TableFile file)
      throws SystemCallException, SharingException, InterruptedException {
    MemoryPages pages;
    OpenTable sealed;
    int checksum;
    try (MemoryFile memory = MemoryFile.create(mapper, request)) {
      pages = memory.pages();
      try (Arena arena = Arena.ofShared()) {
        MemorySegment segment = memory.view().segment(request.name().bytes(), arena);
        content.fill(segment);
        checksum = checksum(segment);
      }
      sealed = new OpenTable(memory.seal(), memory.view().length());
    }
    return use(sealed, pages, checksum, file, List.of())
        .orElseThrow(
            () ->
                new IllegalStateException(
                    request.purpose() + " was computed wrong: processor or memory are at fault"));
  }

  /**
   * Maps a table for reading and adds this process to those that hold it.
   *
   * @param open closed if nothing comes of it
   * @return empty if it is wrong
   */
  private Optional<OffHeapMemory> use(
      OpenTable open, MemoryPages pages, int checksum, TableFile file, List<TableHolder> others)
      throws SystemCallException, SharingException {
    MappingCalls calls = directory.calls();
    boolean complete = false;
    FileView view = null;
    try {
      view = FileView.map(mapper, open.descriptor(), open.length(), PROT_READ);
      OptionalInt ignoredAsPagesComeWithTheirUse =
          new PagePresence(calls, view.address(), view.length(), 0).read();
      if (!isRight(view, checksum)) {
        return Optional.empty();
      }
      TableHolder self = TableHolder.self(open.descriptor(), checksum, pages);
      List<TableHolder> holders = new ArrayList<>(others);
      holders.add(self);
      file.write(holders);
      FileView mapped = view;
      OffHeapMemory memory =
          OffHeapMemory.shared(
              mapped.address(), request.name().bytes(), pages, () -> letGo(mapped, self));
      complete = true;
      return Optional.of(memory);
    } finally {
      if (!complete) {
        if (view != null) {
          view.unmap();
        }
        calls.closeFile(open.descriptor());
      }
    }
  }

  private boolean isRight(FileView view, int checksum) {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment segment = view.segment(request.name().bytes(), arena).asReadOnly();
      return checksum(segment) == checksum && content.accepts(segment);
    }
  }

  private static int checksum(MemorySegment segment) {
    CRC32C checksum = new CRC32C();
    for (long offset = 0; offset < segment.byteSize(); offset += BUFFER_BYTES) {
      long bytes = Math.min(BUFFER_BYTES, segment.byteSize() - offset);
      checksum.update(segment.asSlice(offset, bytes).asByteBuffer());
    }
    return (int) checksum.getValue();
  }

  /**
   * Ends the use of a table. Waits for others that end it at the same time, but not for those who
   * look at the table: they may then find a line about a process that holds nothing any more.
   */
  private void letGo(FileView view, TableHolder self) {
    try {
      Optional<TableFile> lock = directory.tryLock(request.name());
      for (int tries = 1; lock.isEmpty() && tries < MAX_GOODBYES; tries++) {
        LockSupport.parkNanos(GOODBYE_NANOS);
        lock = directory.tryLock(request.name());
      }
      if (lock.isPresent()) {
        try (TableFile file = lock.get()) {
          file.write(file.holders().stream().filter(holder -> !holder.equals(self)).toList());
        }
      }
    } catch (SharingException e) {
      LOG.log(System.Logger.Level.DEBUG, "left without a word: {0}", e.reason());
    } finally {
      view.unmap();
      directory.calls().closeFile(self.descriptor());
    }
  }
}
