package io.p2pmining.core.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class ExecutableMemoryTest {

  /** {@code mov rax,rdi; add rax,rsi; ret}. */
  private static final byte[] ADD = bytes(0x48, 0x89, 0xf8, 0x48, 0x01, 0xf0, 0xc3);

  /** {@code mov rax,rdi; sub rax,rsi; ret}. */
  private static final byte[] SUBTRACT = bytes(0x48, 0x89, 0xf8, 0x48, 0x29, 0xf0, 0xc3);

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static void write(ExecutableMemory memory, long offset, byte[] code) {
    memory.beginWriting();
    MemorySegment.copy(code, 0, memory.writable(), ValueLayout.JAVA_BYTE, offset, code.length);
    memory.endWriting();
  }

  @ParameterizedTest
  @EnumSource(CodeViews.class)
  void executesWhatIsWrittenAndWrittenAgain(CodeViews views) {
    try (ExecutableMemory memory = ExecutableMemory.allocate(10_000, "a test", views)) {
      assertThat(memory.views()).isEqualTo(views);
      assertThat(memory.bytes()).isEqualTo(10_000);
      for (int round = 0; round < 1000; round++) {
        write(memory, 8192, ADD);
        assertThat(NativeCall.call(memory.entry(8192), 40, round)).isEqualTo(40 + round);
        write(memory, 8192, SUBTRACT);
        assertThat(NativeCall.call(memory.entry(8192), 40, round)).isEqualTo(40 - round);
      }
    }
  }

  @Test
  void passesUpToFourArguments() {
    try (ExecutableMemory memory = ExecutableMemory.allocate(4096, "a test")) {
      write(memory, 0, bytes(0xb8, 0x2a, 0, 0, 0, 0xc3)); // mov eax,42; ret
      write(memory, 16, bytes(0x48, 0x89, 0xf8, 0xc3)); // mov rax,rdi; ret
      // lea rax,[rdi+rsi*2]; lea rax,[rax+rdx*4]; lea rax,[rax+rcx*8]; ret
      byte[] sum = bytes(0x48, 0x8d, 0x04, 0x77, 0x48, 0x8d, 0x04, 0x90, 0x48, 0x8d, 0x04, 0xc8);
      write(memory, 32, sum);
      write(memory, 32 + sum.length, bytes(0xc3));
      write(memory, 64, bytes(0x48, 0x8d, 0x04, 0x77, 0x48, 0x8d, 0x04, 0x90, 0xc3));
      assertThat(NativeCall.call(memory.entry(0))).isEqualTo(42);
      assertThat(NativeCall.call(memory.entry(16), -5)).isEqualTo(-5);
      assertThat(NativeCall.call(memory.entry(64), 1, 10, 100)).isEqualTo(421);
      assertThat(NativeCall.call(memory.entry(32), 1, 10, 100, 1000)).isEqualTo(8421);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = CodeViews.class,
      names = {"TWO_VIEWS", "FLIPPED"})
  void isNeverWritableAndExecutableAtOnce(CodeViews views) {
    Set<Long> before = OwnMappings.now().writableAndExecutable();
    try (ExecutableMemory memory = ExecutableMemory.allocate(1 << 20, "a test", views)) {
      long writable = memory.writable().address();
      memory.beginWriting();
      assertThat(OwnMappings.now().permissionsAt(writable)).startsWith("rw-");
      assertThat(OwnMappings.now().writableAndExecutable()).isSubsetOf(before);
      memory.endWriting();
      assertThat(OwnMappings.now().writableAndExecutable()).isSubsetOf(before);
      assertThat(OwnMappings.now().permissionsAt(memory.entry(0))).startsWith("r-x");
      assertThat(OwnMappings.now().permissionsAt(writable))
          .startsWith(views == CodeViews.TWO_VIEWS ? "rw-" : "r-x");
    }
  }

  @Test
  void isUnmappedWhenClosed() {
    ExecutableMemory memory = ExecutableMemory.allocate(1 << 20, "a test");
    long writable = memory.writable().address();
    long executable = memory.entry(0);
    memory.close();
    memory.close();
    OwnMappings mappings = OwnMappings.now();
    assertThat(mappings.lines()).noneMatch(line -> line.contains("p2pmining-code"));
    assertThat(mappings.permissionsAt(writable)).doesNotContain("s");
    assertThat(mappings.permissionsAt(executable)).doesNotContain("s");
    assertThatThrownBy(() -> memory.entry(0)).hasMessageContaining("open=false");
    assertThatThrownBy(() -> memory.writable().get(ValueLayout.JAVA_BYTE, 0))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void refusesEntriesOutside() {
    try (ExecutableMemory memory = ExecutableMemory.allocate(100, "a test")) {
      assertThatThrownBy(() -> memory.entry(100)).hasMessageContaining("offset=100, bytes=100");
      assertThatThrownBy(() -> memory.entry(-1)).hasMessageContaining("offset=-1");
    }
  }
}
