package io.p2pmining.core.memory;

import static io.p2pmining.core.memory.MappingCalls.MAP_ANONYMOUS;
import static io.p2pmining.core.memory.MappingCalls.MAP_FIXED_NOREPLACE;
import static io.p2pmining.core.memory.MappingCalls.MAP_PRIVATE;
import static io.p2pmining.core.memory.MappingCalls.NO_FILE;
import static io.p2pmining.core.memory.MappingCalls.PROT_READ_WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(
    value = OS.LINUX,
    architectures = {"amd64", "aarch64"})
class LinuxCallsTest {

  private static final int ANONYMOUS = MAP_PRIVATE | MAP_ANONYMOUS;
  private static final long BYTES = 1 << 20;

  private final LinuxCalls calls = new LinuxCalls();

  @Test
  void tellWhyTheyFailed() throws SystemCallException {
    assertThatThrownBy(() -> calls.map(0, 1L << 60, PROT_READ_WRITE, ANONYMOUS, NO_FILE))
        .isInstanceOf(SystemCallException.class)
        .hasMessageContaining("mmap: errno=12");
    assertThatThrownBy(() -> calls.openMemoryFile("a test", -1))
        .hasMessageContaining("memfd_create: errno=22");
    assertThatThrownBy(() -> calls.fill(-1, 1)).hasMessageContaining("fallocate: errno=9");
    assertThatThrownBy(() -> calls.unmap(1, 1)).hasMessageContaining("address=0x1, length=1");
  }

  @Test
  void neverReplaceAMapping() throws SystemCallException {
    long address = calls.map(0, BYTES, PROT_READ_WRITE, ANONYMOUS, NO_FILE);
    try {
      int fixed = ANONYMOUS | MAP_FIXED_NOREPLACE;
      assertThatThrownBy(() -> calls.map(address, 4096, PROT_READ_WRITE, fixed, NO_FILE))
          .isInstanceOfSatisfying(
              SystemCallException.class,
              e -> assertThat(e.errorNumber()).isEqualTo(SystemCallException.EEXIST));
    } finally {
      calls.unmap(address, BYTES);
    }
  }

  @Test
  void preferANode() throws SystemCallException, IOException {
    long address = calls.map(0, BYTES, PROT_READ_WRITE, ANONYMOUS, NO_FILE);
    try {
      try {
        calls.prefer(address, BYTES, 0);
      } catch (SystemCallException e) {
        abort("containers and kernels may forbid it: " + e.reason());
      }
      assertThat(Files.readAllLines(Path.of("/proc/self/numa_maps")))
          .anyMatch(line -> line.matches("%x prefer[^:]*:0\\b.*".formatted(address)));
      assertThatThrownBy(() -> calls.prefer(address, BYTES, 900)).hasMessageContaining("mbind");
      assertThatThrownBy(() -> calls.prefer(address, BYTES, -1)).hasMessageContaining("node=-1");
    } finally {
      calls.unmap(address, BYTES);
    }
  }
}
