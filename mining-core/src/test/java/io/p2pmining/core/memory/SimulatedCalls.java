package io.p2pmining.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A system that maps nothing and keeps account of what would be mapped; fails when told to. */
class SimulatedCalls implements MappingCalls {

  static final int NEVER = -1;

  /** Length by address of what is mapped now. */
  final Map<Long, Long> mapped = new HashMap<>();

  final Set<Integer> openFiles = new HashSet<>();
  final List<String> calls = new ArrayList<>();
  private final int failingCall;
  private final int errorNumber;
  private long nextAddress = 0x7000_0000_1000L;
  private int nextFile = 3;

  SimulatedCalls(int failingCall, int errorNumber) {
    this.failingCall = failingCall;
    this.errorNumber = errorNumber;
  }

  static SimulatedCalls withoutFailure() {
    return new SimulatedCalls(NEVER, 0);
  }

  private synchronized void count(String call) throws SystemCallException {
    calls.add(call);
    if (calls.size() - 1 == failingCall) {
      throw SystemCallException.of(call, errorNumber);
    }
  }

  /** Whether the failing call was reached. */
  boolean failed() {
    return failingCall != NEVER && calls.size() > failingCall;
  }

  void assertNothingLeft() {
    assertThat(mapped).as("mappings after %s", calls).isEmpty();
    assertThat(openFiles).as("files after %s", calls).isEmpty();
  }

  @Override
  public long smallPageBytes() {
    return 4096;
  }

  @Override
  public long map(long address, long length, int protection, int flags, int descriptor)
      throws SystemCallException {
    count("mmap protection=%d, flags=0x%x, length=%d".formatted(protection, flags, length));
    long result = address == 0 ? nextAddress : address;
    nextAddress = Math.max(nextAddress, result + length);
    assertThat(mapped.put(result, length)).as("mapped before").isNull();
    return result;
  }

  @Override
  public void unmap(long address, long length) {
    assertThat(mapped.remove(address)).isEqualTo(length);
  }

  @Override
  public void advise(long address, long length, int advice) throws SystemCallException {
    count("madvise " + advice);
  }

  @Override
  public void protect(long address, long length, int protection) throws SystemCallException {
    count("mprotect " + protection);
  }

  @Override
  public void prefer(long address, long length, int node) throws SystemCallException {
    count("mbind " + node);
  }

  @Override
  public int openMemoryFile(String name, int flags) throws SystemCallException {
    count("memfd_create flags=0x%x".formatted(flags));
    openFiles.add(nextFile);
    return nextFile++;
  }

  @Override
  public void fill(int descriptor, long length) throws SystemCallException {
    count("fallocate " + length);
  }

  @Override
  public void closeFile(int descriptor) {
    assertThat(openFiles.remove(descriptor)).isTrue();
  }

  @Override
  public int open(String path, int flags, int mode) throws SystemCallException {
    count("open flags=0x%x".formatted(flags));
    openFiles.add(nextFile);
    return nextFile++;
  }

  @Override
  public void resize(int descriptor, long length) throws SystemCallException {
    count("ftruncate " + length);
  }

  @Override
  public void seal(int descriptor, int seals) throws SystemCallException {
    count("seal 0x%x".formatted(seals));
  }

  @Override
  public int seals(int descriptor) throws SystemCallException {
    count("seals");
    return MemoryFile.SEALS;
  }

  @Override
  public boolean tryLock(int descriptor) throws SystemCallException {
    count("flock");
    return true;
  }
}
