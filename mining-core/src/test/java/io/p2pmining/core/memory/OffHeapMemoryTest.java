package io.p2pmining.core.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

  @ParameterizedTest
  @EnumSource(PagePolicy.class)
  void givesZeroedMemoryUnderEveryPolicy(PagePolicy policy) {
    try (OffHeapMemory memory = OffHeapMemory.allocate((5 << 20) + 1, "a test", policy)) {
      assertThat(memory.segment().byteSize()).isEqualTo((5 << 20) + 1);
      assertThat(memory.segment().mismatch(MemorySegment.ofArray(new byte[(5 << 20) + 1])))
          .isEqualTo(-1);
      memory.segment().fill((byte) -1);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void hasNoHugePagesWhereSmallOnesAreWanted() {
    try (OffHeapMemory memory = OffHeapMemory.allocate(8 << 20, "a test", PagePolicy.SMALL)) {
      long address = memory.segment().address();
      assertThat(memory.pages()).isEqualTo(MemoryPages.SMALL);
      assertThat(ResidentPages.of(address, 8 << 20).hugeKibibytes()).isZero();
    }
  }

  @Test
  void refusesNoBytes() {
    assertThatThrownBy(() -> OffHeapMemory.allocate(0, "a test"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bytes=0");
  }

  @Test
  void doesWithoutMappingOnOtherSystems() {
    try (OffHeapMemory memory = OffHeapMemory.allocateUnmapped(1000, "a test")) {
      assertThat(memory.pages()).isEqualTo(MemoryPages.SMALL);
      assertThat(memory.segment().address() % 64).isZero();
      assertThat(memory.segment().toArray(ValueLayout.JAVA_BYTE)).containsOnly(0);
    }
  }
}
