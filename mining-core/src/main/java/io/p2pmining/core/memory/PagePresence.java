package io.p2pmining.core.memory;

import static io.p2pmining.core.memory.MappingCalls.MADV_COLLAPSE;
import static io.p2pmining.core.memory.MappingCalls.MADV_POPULATE_READ;
import static io.p2pmining.core.memory.MappingCalls.MADV_POPULATE_WRITE;

import java.util.OptionalInt;
import java.util.stream.LongStream;

/**
 * Makes all pages of a mapping present, by several threads, as zeroing is most of the work, and in
 * steps, between which the rest of the process can map memory.
 *
 * @param pageBytes the size of huge pages; 0 for small ones
 */
record PagePresence(MappingCalls calls, long address, long length, long pageBytes) {

  private static final long STEP_BYTES = 8L << 20;
  private static final int NO_ERROR = 0;

  /** One part of the work; gives an error number or {@link #NO_ERROR}. */
  private interface Step {
    int run(long address, long bytes);
  }

  /** For writing; gives the error number if that fails. */
  OptionalInt write() {
    return inSteps((at, bytes) -> advise(at, bytes, MADV_POPULATE_WRITE));
  }

  /** For reading; gives the error number if that fails. */
  OptionalInt read() {
    return inSteps((at, bytes) -> advise(at, bytes, MADV_POPULATE_READ));
  }

  /**
   * For writing, with huge pages wherever the kernel can form them: also where it would not do so
   * by itself, because memory that processes share is an exception to its usual rule.
   */
  OptionalInt writeHuge() {
    return inSteps(
        (at, bytes) -> {
          for (long huge = at; huge + pageBytes <= at + bytes; huge += pageBytes) {
            // A page is formed around one that is there; without any there is nothing to collapse.
            int present = advise(huge, calls.smallPageBytes(), MADV_POPULATE_WRITE);
            if (present != NO_ERROR) {
              return present;
            }
            int ignoredAsItIsNoMoreThanSlower = advise(huge, pageBytes, MADV_COLLAPSE);
          }
          return advise(at, bytes, MADV_POPULATE_WRITE);
        });
  }

  private OptionalInt inSteps(Step step) {
    long stepBytes = Math.max(STEP_BYTES, pageBytes);
    return LongStream.range(0, Math.ceilDiv(length, stepBytes))
        .parallel()
        .mapToInt(
            i -> step.run(address + i * stepBytes, Math.min(stepBytes, length - i * stepBytes)))
        .filter(error -> error != NO_ERROR)
        .findAny();
  }

  private int advise(long at, long bytes, int advice) {
    try {
      calls.advise(at, bytes, advice);
      return NO_ERROR;
    } catch (SystemCallException e) {
      return e.errorNumber();
    }
  }
}
