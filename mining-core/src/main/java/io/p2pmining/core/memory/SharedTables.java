package io.p2pmining.core.memory;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/**
 * Large tables that depend on a key alone, one copy for all processes of a user that meet in a
 * directory. Immutable; any thread may use it.
 *
 * <p>A table lies in a {@link MemoryFile} that its builder seals when it is complete, so that no
 * process can see a half-made one or change a finished one, and others reach through the builder's
 * descriptors in {@code /proc}. The directory says who holds which table. One process computes,
 * under the lock of the table's file; the others wait, and should it end, however it ends, the next
 * takes over from the beginning. Memory goes back to the system with the last process that uses it.
 */
public final class SharedTables {

  private static final System.Logger LOG = System.getLogger(SharedTables.class.getName());

  /** How often a process that waits looks again. */
  private static final long WAIT_MILLIS = 100;

  /** An hour: more than a table takes on any machine that could use it. */
  private static final int MAX_WAITS = 36_000;

  private static final int PROBE_BYTES = 4096;

  private final Sharing sharing;
  private final Optional<MappingCalls> system;

  private SharedTables(Sharing sharing, Optional<MappingCalls> system) {
    this.sharing = sharing;
    this.system = system;
  }

  /** The tables of those with whom this process shares. */
  public static SharedTables of(Sharing sharing) {
    return new SharedTables(sharing, MappingCalls.ofThisSystem());
  }

  /**
   * Gives a table: another process's where that has it or is computing it, else this process
   * computes it, for all where they share.
   *
   * @return memory that nobody may write to any more
   * @throws InsufficientMemoryException if there is no memory for it
   * @throws SharedMemoryException if it must be shared and cannot be
   * @throws InterruptedException if the calling thread is interrupted; nothing stays allocated
   */
  public OffHeapMemory obtain(TableRequest request, TableContent content)
      throws InterruptedException {
    Optional<Path> place = sharing.meetingPlace();
    if (place.isEmpty()) {
      return own(request, content);
    }
    try {
      return shared(open(place.get()), request, content);
    } catch (SharingException e) {
      if (sharing.policy() == SharingPolicy.REQUIRED) {
        throw new SharedMemoryException(request.purpose(), e.reason());
      }
      LOG.log(
          System.Logger.Level.WARNING,
          "this process computes " + request.purpose() + " for itself: " + e.reason());
      return own(request, content);
    }
  }

  private static OffHeapMemory own(TableRequest request, TableContent content)
      throws InterruptedException {
    OffHeapMemory memory =
        OffHeapMemory.allocate(
            request.name().bytes(), request.purpose(), request.pages(), request.node());
    boolean complete = false;
    try {
      content.fill(memory.segment());
      complete = true;
      return memory;
    } finally {
      if (!complete) {
        memory.close();
      }
    }
  }

  private SharedDirectory open(Path place) throws SharingException {
    MappingCalls calls =
        system.orElseThrow(() -> new SharingException("memory is shared on 64-bit Linux only"));
    return SharedDirectory.open(calls, place);
  }

  private static OffHeapMemory shared(
      SharedDirectory directory, TableRequest request, TableContent content)
      throws SharingException, InterruptedException {
    for (int waits = 0; waits <= MAX_WAITS; waits++) {
      Optional<TableFile> lock = directory.tryLock(request.name());
      if (lock.isPresent()) {
        try (TableFile file = lock.get()) {
          return new SharedTable(directory, request, content).take(file);
        } catch (SystemCallException e) {
          throw SharingException.of(e);
        }
      }
      if (waits == 1) { // The first time somebody may just have had a look.
        LOG.log(System.Logger.Level.INFO, "another process computes " + request.purpose());
      }
      Thread.sleep(WAIT_MILLIS);
    }
    throw new SharingException("another process has been computing it for an hour");
  }

  /** Whether another process has the table complete, so that this one soon gets it. */
  public boolean isHeld(TableName name) {
    return holders(name).stream().anyMatch(holder -> holder.isAlive(name.text()));
  }

  private List<TableHolder> holders(TableName name) {
    try {
      Optional<Path> place = sharing.meetingPlace();
      return place.isEmpty() ? List.of() : open(place.get()).holders(name);
    } catch (SharingException e) {
      return List.of();
    }
  }

  /**
   * Whether another process has the table or is computing it, so that this one need not have memory
   * for it.
   */
  public boolean isTakenCareOf(TableName name) {
    return isHeld(name) || isLocked(name);
  }

  private boolean isLocked(TableName name) {
    try {
      Optional<Path> place = sharing.meetingPlace();
      if (place.isEmpty()) {
        return false;
      }
      Optional<TableFile> lock = open(place.get()).tryLock(name);
      lock.ifPresent(TableFile::close);
      return lock.isEmpty();
    } catch (SharingException e) {
      return false;
    }
  }

  /**
   * Deletes what processes that have ended left in the directory.
   *
   * @return the length in bytes of the largest table that others hold; 0 if they hold none
   */
  public long sweep() {
    try {
      Optional<Path> place = sharing.meetingPlace();
      if (place.isEmpty()) {
        return 0;
      }
      SharedDirectory directory = open(place.get());
      long largest = 0;
      for (Path table : directory.tables()) {
        largest = Math.max(largest, sweep(directory.calls(), table));
      }
      return largest;
    } catch (SharingException e) {
      LOG.log(System.Logger.Level.DEBUG, "not swept: {0}", e.reason());
      return 0;
    }
  }

  private static long sweep(MappingCalls calls, Path table) throws SharingException {
    String name = table.getFileName().toString();
    Optional<TableFile> lock = TableFile.tryLock(calls, table);
    if (lock.isEmpty()) {
      return 0; // Somebody is at it.
    }
    try (TableFile file = lock.get()) {
      List<TableHolder> alive =
          file.holders().stream().filter(holder -> holder.isAlive(name)).toList();
      if (alive.size() != file.holders().size()) {
        file.write(alive);
      }
      return alive.stream().mapToLong(holder -> holder.length(name)).max().orElse(0);
    }
  }

  /**
   * Tries whether processes can share here, with a very small table.
   *
   * @return empty if they can, or nothing is to be shared; else what stands in the way
   */
  public Optional<String> obstacle() {
    Optional<Path> place = sharing.meetingPlace();
    if (place.isEmpty()) {
      return Optional.empty();
    }
    byte[] unique = new byte[16];
    new SecureRandom().nextBytes(unique);
    TableName name = TableName.of("probe", PROBE_BYTES, List.of(unique));
    TableRequest request = new TableRequest(name, "a probe", PagePolicy.SMALL);
    try {
      SharedDirectory directory = open(place.get());
      try (OffHeapMemory ignored = shared(directory, request, new Probe())) {
        return isHeld(name)
            ? Optional.empty()
            : Optional.of("processes do not see each other's memory files in /proc");
      }
    } catch (SharingException e) {
      return Optional.of(e.reason());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    }
  }

  /** Zeros. */
  private record Probe() implements TableContent {

    @Override
    public void fill(MemorySegment table) {
      table.fill((byte) 0);
    }

    @Override
    public boolean accepts(MemorySegment table) {
      ByteBuffer bytes = table.asByteBuffer();
      return bytes.mismatch(ByteBuffer.allocate(PROBE_BYTES)) < 0;
    }
  }
}
