package io.p2pmining.benchmarks.reference;

import io.p2pmining.benchmarks.contender.Contender;
import io.p2pmining.benchmarks.contender.ContenderException;
import io.p2pmining.benchmarks.contender.HashRun;
import io.p2pmining.benchmarks.contender.HashingThreads;
import io.p2pmining.benchmarks.contender.InitRun;
import io.p2pmining.benchmarks.contender.Mode;
import io.p2pmining.benchmarks.contender.Terms;
import java.util.Set;

/** The reference implementation's library, bound in this process. Knows rx/0 alone. */
public final class ReferenceContender implements Contender {

  private static final String ALGORITHM = "rx/0";

  /** Makes the C library's allocator ask for transparent huge pages, as the library does not. */
  private static final String ALLOCATOR_SETTING = "glibc.malloc.hugetlb=1";

  private static final String ALLOCATOR_SETTINGS = "GLIBC_TUNABLES";

  private final ReferenceLibrary library;
  private final Terms terms;
  private final Set<ReferenceFlag> flags;
  private ReferenceMemory memory;
  private HashingThreads threads;
  private final InitRun firstInit;

  private ReferenceContender(ReferenceLibrary library, Terms terms, Set<ReferenceFlag> flags)
      throws InterruptedException {
    this.library = library;
    this.terms = terms;
    this.flags = flags;
    memory = new ReferenceMemory(library, terms, flags);
    firstInit = memory.initialise(terms.initThreads());
    threads = startThreads();
  }

  /**
   * Prepares for hashing.
   *
   * @param name the library's file, or a name that the dynamic linker finds
   * @param jit whether it may compile programs to machine code; it interprets them otherwise
   * @throws ContenderException if the library is not there or cannot do what the terms ask for
   */
  public static ReferenceContender open(String name, boolean jit, Terms terms)
      throws InterruptedException {
    if (!terms.algorithm().equals(ALGORITHM) || terms.mode() == Mode.MASKED) {
      throw new ContenderException(
          "librandomx computes %s in full or light mode, not %s in %s mode"
              .formatted(ALGORITHM, terms.algorithm(), terms.mode().label()));
    }
    ReferenceLibrary library = ReferenceLibrary.load(name);
    Set<ReferenceFlag> flags = library.recommendedFlags();
    if (!jit) {
      flags.remove(ReferenceFlag.JIT);
    }
    switch (terms.pages()) {
      case HUGE -> flags.add(ReferenceFlag.LARGE_PAGES);
      case TRANSPARENT_HUGE -> requireTransparentHugePages();
      case SMALL -> {}
      case GIGANTIC -> throw new ContenderException("librandomx has no pages of 1 GiB");
    }
    return new ReferenceContender(library, terms, flags);
  }

  private static void requireTransparentHugePages() {
    if (!System.getenv().getOrDefault(ALLOCATOR_SETTINGS, "").contains(ALLOCATOR_SETTING)) {
      throw new ContenderException(
          "librandomx asks for transparent huge pages only through its allocator: start this with"
              + " the environment variable "
              + (ALLOCATOR_SETTINGS + "=" + ALLOCATOR_SETTING));
    }
  }

  private HashingThreads startThreads() throws InterruptedException {
    ReferenceMemory prepared = memory;
    return HashingThreads.start(terms.threads(), () -> new ReferenceLoop(library, prepared));
  }

  @Override
  public String description() {
    return "librandomx, %s mode, flags %s".formatted(terms.mode().label(), flags);
  }

  @Override
  public String pages() {
    return terms.pages().label();
  }

  @Override
  public InitRun firstInit() {
    return firstInit;
  }

  @Override
  public HashRun hashFor(double seconds) throws InterruptedException {
    return threads.hashFor(seconds);
  }

  @Override
  public InitRun initialise(int initThreads) throws InterruptedException {
    threads.close();
    memory.close();
    memory = new ReferenceMemory(library, terms, flags);
    InitRun run = memory.initialise(initThreads);
    threads = startThreads();
    return run;
  }

  @Override
  public byte[] hash(byte[] input) throws InterruptedException {
    return threads.hash(input);
  }

  @Override
  public void close() {
    threads.close();
    memory.close();
  }
}
