package io.p2pmining.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The calls of the real system, of which some fail, and an account of what is left mapped and open.
 * Any thread may call.
 */
public final class FailingCalls implements MappingCalls {

  /**
   * A call that may fail.
   *
   * @param index how many were made before
   * @param function its name
   * @param length of the memory in bytes, 0 if it is about none
   */
  public record Call(int index, String function, long length) {}

  private static final int EACCES = 13;

  /** Which memory the system gives for code. */
  public enum CodeMemory {
    /** Memory files, which can be mapped twice. */
    TWO_VIEWS,
    /** No memory files. */
    ONE_VIEW,
    /** None at all. */
    NONE
  }

  private final MappingCalls system = new LinuxCalls();
  private final Predicate<Call> failing;
  private final CodeMemory codeMemory;
  private final List<Call> calls = new ArrayList<>();
  private final Map<Long, Long> mapped = new HashMap<>();
  private final Set<Integer> open = new HashSet<>();

  /**
   * Calls of which some fail.
   *
   * @param failing which ones, for want of memory
   * @param codeMemory what the system allows besides
   */
  public FailingCalls(Predicate<Call> failing, CodeMemory codeMemory) {
    this.failing = failing;
    this.codeMemory = codeMemory;
  }

  /** What may fail in more ways than those of this package. */
  public interface Action {
    void run() throws Exception;
  }

  /** Does something with these calls instead of the system's own; gives what it failed with. */
  public List<Exception> failures(Action action) {
    List<Exception> failures = new ArrayList<>();
    ScopedValue.where(MappingCalls.SUBSTITUTE, this)
        .run(
            () -> {
              try {
                action.run();
              } catch (Exception e) {
                failures.add(e);
              }
            });
    return failures;
  }

  /** The calls that were made, in their order. */
  public synchronized List<Call> calls() {
    return List.copyOf(calls);
  }

  /** Fails if anything is mapped or open. */
  public synchronized void assertNothingLeft() {
    assertThat(mapped).as("mapped after %s", calls).isEmpty();
    assertThat(open).as("open after %s", calls).isEmpty();
  }

  private void count(String function, long length) throws SystemCallException {
    Call call = new Call(calls.size(), function, length);
    calls.add(call);
    if (failing.test(call)) {
      throw SystemCallException.of(function, SystemCallException.ENOMEM);
    }
  }

  @Override
  public long smallPageBytes() {
    return system.smallPageBytes();
  }

  @Override
  public synchronized long map(long address, long length, int protection, int flags, int descriptor)
      throws SystemCallException {
    count("mmap", length);
    if (codeMemory == CodeMemory.NONE && (protection & ~PROT_READ_WRITE) != 0) {
      throw SystemCallException.of("mmap", EACCES);
    }
    long result = system.map(address, length, protection, flags, descriptor);
    mapped.put(result, length);
    return result;
  }

  @Override
  public synchronized void unmap(long address, long length) {
    assertThat(mapped.remove(address)).isEqualTo(length);
    system.unmap(address, length);
  }

  @Override
  public void advise(long address, long length, int advice) throws SystemCallException {
    synchronized (this) {
      count("madvise", length);
    }
    system.advise(address, length, advice);
  }

  @Override
  public synchronized void protect(long address, long length, int protection)
      throws SystemCallException {
    count("mprotect", length);
    system.protect(address, length, protection);
  }

  @Override
  public synchronized void prefer(long address, long length, int node) throws SystemCallException {
    count("mbind", length);
    system.prefer(address, length, node);
  }

  @Override
  public synchronized int openMemoryFile(String name, int flags) throws SystemCallException {
    count("memfd_create", 0);
    if (codeMemory != CodeMemory.TWO_VIEWS) {
      throw SystemCallException.of("memfd_create", EACCES);
    }
    int file = system.openMemoryFile(name, flags);
    open.add(file);
    return file;
  }

  @Override
  public synchronized void fill(int descriptor, long length) throws SystemCallException {
    count("fallocate", length);
    system.fill(descriptor, length);
  }

  @Override
  public synchronized void closeFile(int descriptor) {
    assertThat(open.remove(descriptor)).isTrue();
    system.closeFile(descriptor);
  }

  @Override
  public synchronized int open(String path, int flags, int mode) throws SystemCallException {
    count("open", 0);
    int file = system.open(path, flags, mode);
    open.add(file);
    return file;
  }

  @Override
  public synchronized void resize(int descriptor, long length) throws SystemCallException {
    count("ftruncate", length);
    system.resize(descriptor, length);
  }

  @Override
  public synchronized void seal(int descriptor, int seals) throws SystemCallException {
    count("fcntl", 0);
    system.seal(descriptor, seals);
  }

  @Override
  public synchronized int seals(int descriptor) throws SystemCallException {
    count("fcntl", 0);
    return system.seals(descriptor);
  }

  @Override
  public synchronized boolean tryLock(int descriptor) throws SystemCallException {
    count("flock", 0);
    return system.tryLock(descriptor);
  }
}
