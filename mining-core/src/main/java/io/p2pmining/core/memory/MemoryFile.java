package io.p2pmining.core.memory;

import static io.p2pmining.core.memory.FileCalls.F_SEAL_GROW;
import static io.p2pmining.core.memory.FileCalls.F_SEAL_SEAL;
import static io.p2pmining.core.memory.FileCalls.F_SEAL_SHRINK;
import static io.p2pmining.core.memory.FileCalls.F_SEAL_WRITE;
import static io.p2pmining.core.memory.FileCalls.MFD_ALLOW_SEALING;
import static io.p2pmining.core.memory.FileCalls.MFD_CLOEXEC;
import static io.p2pmining.core.memory.FileCalls.MFD_HUGETLB;
import static io.p2pmining.core.memory.FileCalls.MFD_NOEXEC_SEAL;
import static io.p2pmining.core.memory.FileCalls.O_CLOEXEC;
import static io.p2pmining.core.memory.FileCalls.O_READ_ONLY;
import static io.p2pmining.core.memory.MappingCalls.MADV_HUGEPAGE;
import static io.p2pmining.core.memory.MappingCalls.MAP_HUGE_SHIFT;
import static io.p2pmining.core.memory.MappingCalls.PROT_READ_WRITE;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A file of zeroed memory, without a name in any directory, that this process fills. Once it is
 * {@linkplain #seal sealed} nobody can change, shorten or execute it any more, this process
 * included. The kernel frees it with the last descriptor and mapping, also of processes that were
 * killed. Belongs to one thread.
 */
final class MemoryFile implements AutoCloseable {

  /** What a file that nobody can change carries. */
  static final int SEALS = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL;

  private final int descriptor;
  private final FileView view;
  private final MemoryPages pages;
  private boolean mapped = true;

  private MemoryFile(int descriptor, FileView view, MemoryPages pages) {
    this.descriptor = descriptor;
    this.view = view;
    this.pages = pages;
  }

  /**
   * Makes a file whose pages are all present, on one kind of pages: the kernel's pool of 2 MiB,
   * else transparent huge ones, else small ones.
   *
   * @param request how much is needed, and where; the file is longer by what whole pages need
   * @throws SystemCallException if there is not enough memory or this system has no such files
   */
  static MemoryFile create(PageMapper mapper, TableRequest request) throws SystemCallException {
    long bytes = request.name().bytes();
    PagePolicy policy = request.pages();
    boolean large = MemoryPages.HUGE.worthwhileBytes(bytes) >= bytes;
    boolean pooled =
        switch (policy) {
          case AUTO, GIGANTIC, HUGE -> large;
          case TRANSPARENT_HUGE, SMALL -> false;
        };
    if (pooled) {
      Optional<MemoryFile> file = fromPool(mapper, request);
      if (file.isPresent()) {
        return file.get();
      }
    }
    mapper.requireAvailable(bytes);
    boolean huge = large && policy != PagePolicy.SMALL && mapper.transparentPagesOffered();
    MemoryPages pages = huge ? MemoryPages.TRANSPARENT_HUGE : MemoryPages.SMALL;
    MemoryFile file = open(mapper, request, pages);
    return file.presentOrClosed();
  }

  /** Empty if the pool has and gets not that many pages. */
  private static Optional<MemoryFile> fromPool(PageMapper mapper, TableRequest request) {
    long bytes = request.name().bytes();
    HugePagePool pool = mapper.pool(MemoryPages.HUGE);
    long count = Math.ceilDiv(bytes, MemoryPages.HUGE.bytes());
    boolean grow = pool.free() < count;
    if (grow && mapper.available().get().orElse(Long.MAX_VALUE) < bytes) {
      return Optional.empty();
    }
    long raised = grow ? pool.raiseFor(count) : 0;
    try {
      MemoryFile file;
      try {
        file = open(mapper, request, MemoryPages.HUGE); // Mapping takes the pages.
      } finally {
        pool.lower(raised);
      }
      return Optional.of(file.presentOrClosed());
    } catch (SystemCallException e) {
      return Optional.empty();
    }
  }

  private static MemoryFile open(PageMapper mapper, TableRequest request, MemoryPages pages)
      throws SystemCallException {
    MappingCalls calls = mapper.calls();
    int descriptor = openFile(calls, SharedTable.fileName(request.name().text()), pages);
    boolean complete = false;
    try {
      long pageBytes = Math.max(calls.smallPageBytes(), pages.bytes());
      long length = PageMapper.roundUp(request.name().bytes(), pageBytes);
      calls.resize(descriptor, length);
      FileView view = FileView.map(mapper, descriptor, length, PROT_READ_WRITE);
      NodePreference.apply(calls, view.address(), length, request.node());
      complete = true;
      return new MemoryFile(descriptor, view, pages);
    } finally {
      if (!complete) {
        calls.closeFile(descriptor);
      }
    }
  }

  private static int openFile(MappingCalls calls, String name, MemoryPages pages)
      throws SystemCallException {
    int size =
        pages.pooled()
            ? MFD_HUGETLB | Long.numberOfTrailingZeros(pages.bytes()) << MAP_HUGE_SHIFT
            : 0;
    int flags = MFD_CLOEXEC | MFD_ALLOW_SEALING | size;
    try {
      return calls.openMemoryFile(name, flags | MFD_NOEXEC_SEAL);
    } catch (SystemCallException e) {
      if (e.errorNumber() != SystemCallException.EINVAL) {
        throw e;
      }
      return calls.openMemoryFile(name, flags); // Kernels before 6.3.
    }
  }

  private MemoryFile presentOrClosed() throws SystemCallException {
    boolean complete = false;
    try {
      makePresent();
      complete = true;
      return this;
    } finally {
      if (!complete) {
        close();
      }
    }
  }

  private void makePresent() throws SystemCallException {
    PagePresence presence =
        new PagePresence(view.calls(), view.address(), view.length(), pages.bytes());
    OptionalInt error;
    if (pages == MemoryPages.TRANSPARENT_HUGE) {
      adviseHugePages();
      error = presence.writeHuge();
    } else {
      error = presence.write();
    }
    if (error.isPresent() && error.getAsInt() != SystemCallException.EINVAL) {
      throw SystemCallException.of("madvise(MADV_POPULATE_WRITE)", error.getAsInt());
    }
    if (error.isPresent()) {
      view.calls().fill(descriptor, view.length()); // Kernels before 5.14.
    }
  }

  /** Kernels without huge pages for shared memory refuse this, which costs speed only. */
  private void adviseHugePages() {
    try {
      view.calls().advise(view.address(), view.length(), MADV_HUGEPAGE);
    } catch (SystemCallException e) {
      System.getLogger(MemoryFile.class.getName())
          .log(System.Logger.Level.DEBUG, "no huge pages in shared memory: {0}", e.reason());
    }
  }

  FileView view() {
    return view;
  }

  MemoryPages pages() {
    return pages;
  }

  /**
   * Ends writing for good and unmaps the file.
   *
   * @return a descriptor that reads it, the caller's to close
   */
  int seal() throws SystemCallException {
    unmap();
    view.calls().seal(descriptor, SEALS);
    // Kernels before 6.7 map a sealed file only through a descriptor that could never write.
    return view.calls().open("/proc/self/fd/" + descriptor, O_READ_ONLY | O_CLOEXEC, 0);
  }

  private void unmap() {
    if (mapped) {
      mapped = false;
      view.unmap();
    }
  }

  /** Unmaps the file and closes its descriptor; the one that {@link #seal} gave stays open. */
  @Override
  public void close() {
    unmap();
    view.calls().closeFile(descriptor);
  }
}
