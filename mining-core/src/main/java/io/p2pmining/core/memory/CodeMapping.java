package io.p2pmining.core.memory;

import static io.p2pmining.core.memory.FileCalls.MFD_CLOEXEC;
import static io.p2pmining.core.memory.FileCalls.MFD_EXEC;
import static io.p2pmining.core.memory.MappingCalls.MAP_ANONYMOUS;
import static io.p2pmining.core.memory.MappingCalls.MAP_PRIVATE;
import static io.p2pmining.core.memory.MappingCalls.MAP_SHARED;
import static io.p2pmining.core.memory.MappingCalls.NO_FILE;
import static io.p2pmining.core.memory.MappingCalls.PROT_READ_EXECUTE;
import static io.p2pmining.core.memory.MappingCalls.PROT_READ_WRITE;
import static io.p2pmining.core.memory.MappingCalls.PROT_READ_WRITE_EXECUTE;

/**
 * The mappings under executable memory.
 *
 * @param writableAddress where to write
 * @param executableAddress where to call; the same but for two views
 * @param length of each view in bytes
 */
record CodeMapping(CodeViews views, long writableAddress, long executableAddress, long length) {

  /** The name in {@code /proc/…/maps}, so that whoever looks knows whose it is. */
  private static final String FILE_NAME = "p2pmining-code";

  /** Maps memory; flipped memory starts out executable. */
  static CodeMapping map(MappingCalls calls, long bytes, CodeViews best)
      throws SystemCallException {
    long page = calls.smallPageBytes();
    long length = (bytes + page - 1) / page * page;
    return switch (best) {
      case TWO_VIEWS -> {
        try {
          yield twoViews(calls, length);
        } catch (SystemCallException e) {
          yield oneView(calls, length, CodeViews.FLIPPED, PROT_READ_EXECUTE);
        }
      }
      case FLIPPED -> oneView(calls, length, CodeViews.FLIPPED, PROT_READ_EXECUTE);
      case WRITABLE_AND_EXECUTABLE ->
          oneView(calls, length, CodeViews.WRITABLE_AND_EXECUTABLE, PROT_READ_WRITE_EXECUTE);
    };
  }

  private static CodeMapping oneView(
      MappingCalls calls, long length, CodeViews views, int protection) throws SystemCallException {
    long address = calls.map(0, length, protection, MAP_PRIVATE | MAP_ANONYMOUS, NO_FILE);
    return new CodeMapping(views, address, address, length);
  }

  /** The mappings hold the file, so its descriptor is closed in any case. */
  private static CodeMapping twoViews(MappingCalls calls, long length) throws SystemCallException {
    int file = openFile(calls);
    try {
      calls.fill(file, length);
      long writable = calls.map(0, length, PROT_READ_WRITE, MAP_SHARED, file);
      boolean complete = false;
      try {
        long executable = calls.map(0, length, PROT_READ_EXECUTE, MAP_SHARED, file);
        complete = true;
        return new CodeMapping(CodeViews.TWO_VIEWS, writable, executable, length);
      } finally {
        if (!complete) {
          calls.unmap(writable, length);
        }
      }
    } finally {
      calls.closeFile(file);
    }
  }

  private static int openFile(MappingCalls calls) throws SystemCallException {
    try {
      return calls.openMemoryFile(FILE_NAME, MFD_CLOEXEC | MFD_EXEC);
    } catch (SystemCallException e) {
      if (e.errorNumber() != SystemCallException.EINVAL) {
        throw e;
      }
      return calls.openMemoryFile(FILE_NAME, MFD_CLOEXEC); // Kernels before 6.3.
    }
  }

  void unmap(MappingCalls calls) {
    calls.unmap(writableAddress, length);
    if (executableAddress != writableAddress) {
      calls.unmap(executableAddress, length);
    }
  }
}
