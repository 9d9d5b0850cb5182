package io.p2pmining.core.memory;

import static io.p2pmining.core.memory.MappingCalls.MAP_FIXED_NOREPLACE;
import static io.p2pmining.core.memory.MappingCalls.MAP_SHARED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A file of memory as this process sees it.
 *
 * @param address where it is mapped, in bytes as is {@code length}
 */
record FileView(MappingCalls calls, long address, long length) {

  /**
   * Maps a whole file where huge pages can lie.
   *
   * @param length of the file in bytes, a multiple of its pages
   */
  static FileView map(PageMapper mapper, int descriptor, long length, int protection)
      throws SystemCallException {
    MappingCalls calls = mapper.calls();
    for (int tries = 1; ; tries++) {
      long address = mapper.findRoom(length, MemoryPages.HUGE.bytes());
      try {
        long found =
            calls.map(address, length, protection, MAP_SHARED | MAP_FIXED_NOREPLACE, descriptor);
        if (found == address) {
          return new FileView(calls, address, length);
        }
        calls.unmap(found, length); // Kernels before 4.17 take the address as a wish.
        throw SystemCallException.of("mmap", SystemCallException.EEXIST);
      } catch (SystemCallException e) {
        if (e.errorNumber() != SystemCallException.EEXIST || tries == PageMapper.MAX_TRIES) {
          throw e;
        }
      }
    }
  }

  /** The first bytes of it, which nobody may use once it is unmapped. */
  MemorySegment segment(long bytes, Arena arena) {
    return MemorySegment.ofAddress(address).reinterpret(bytes, arena, ignored -> {});
  }

  void unmap() {
    calls.unmap(address, length);
  }
}
