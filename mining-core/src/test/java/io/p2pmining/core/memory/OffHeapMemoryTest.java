package io.p2pmining.core.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class OffHeapMemoryTest {

  @Test
  void isZeroedAndStartsAtCacheLine() {
    try (OffHeapMemory memory = OffHeapMemory.allocate(1000, "a test")) {
      assertThat(memory.segment().byteSize()).isEqualTo(1000);
      assertThat(memory.segment().address() % 64).isZero();
      assertThat(memory.segment().toArray(ValueLayout.JAVA_BYTE)).containsOnly(0);
    }
  }

  @Test
  void refusesAccessOnceClosed() {
    OffHeapMemory memory = OffHeapMemory.allocate(64, "a test");
    memory.close();
    memory.close();
    assertThatThrownBy(() -> memory.segment().get(ValueLayout.JAVA_LONG, 0))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void saysHowMuchWasWantedForWhatAndWhatToDo() {
    long bytes = 1L << 50;
    assertThatThrownBy(() -> OffHeapMemory.allocate(bytes, "a test"))
        .isInstanceOfSatisfying(
            InsufficientMemoryException.class, e -> assertThat(e.requestedBytes()).isEqualTo(bytes))
        .hasMessageContaining("1125899906842624 bytes (1073741824 MiB) for a test")
        .hasMessageContaining("stop other programs");
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "other systems do not say what is available")
  void asksTheSystemBeforeItAllocates() {
    assertThatThrownBy(() -> OffHeapMemory.allocate(1L << 50, "a test"))
        .isInstanceOf(InsufficientMemoryException.class)
        .hasMessageContaining(" MiB are available");
  }

  @Test
  void namesThePagesByThePolicyInForce() {
    assertThat(MemoryPages.underPolicy("[always] madvise never\n").label()).isEqualTo("thp");
    assertThat(MemoryPages.underPolicy("always [madvise] never\n").label()).isEqualTo("4k");
    assertThat(MemoryPages.underPolicy("always madvise [never]\n").label()).isEqualTo("4k");
  }
}
