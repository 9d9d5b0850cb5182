package io.p2pmining.core.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.p2pmining.core.memory.MappedRange.Run;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageMapperTest {

  private static final long MIB = 1L << 20;
  private static final long DATASET = 2080 * MIB - 64;
  private static final long PLENTY = 1L << 40;

  @TempDir Path settings;
  private SimulatedKernel kernel;

  @BeforeEach
  void start() {
    kernel = new SimulatedKernel(settings, SimulatedCalls.NEVER, 0);
  }

  private MappedRange map(SimulatedKernel on, long bytes, PagePolicy policy, long availableBytes)
      throws SystemCallException {
    OptionalLong available = OptionalLong.of(availableBytes);
    return new PageMapper(on, settings, () -> available).map(bytes, policy, 0);
  }

  private String layout(long bytes, PagePolicy policy) throws SystemCallException {
    return map(kernel, bytes, policy, PLENTY).runs().stream()
        .map(run -> run.pages().label() + ":" + run.length())
        .collect(Collectors.joining(" "));
  }

  @Test
  void leavesToSmallerPagesWhatWouldWasteLargerOnes() throws SystemCallException {
    kernel.set(MemoryPages.GIGANTIC, "free_hugepages", 3);
    kernel.set(MemoryPages.HUGE, "free_hugepages", 20);
    assertThat(layout(DATASET, PagePolicy.AUTO)).isEqualTo("1g:2147483648 2m:33554432");
    assertThat(layout(2 * MIB, PagePolicy.AUTO)).isEqualTo("2m:2097152");
    assertThat(layout(5 * MIB + 1, PagePolicy.AUTO)).isEqualTo("2m:4194304 4k:1052672");
    assertThat(layout(1000, PagePolicy.AUTO)).isEqualTo("4k:4096");
  }

  @Test
  void startsAtMultiplesOfItsPages() throws SystemCallException {
    kernel.set(MemoryPages.GIGANTIC, "free_hugepages", 1);
    MappedRange range = map(kernel, 1 << 30, PagePolicy.GIGANTIC, PLENTY);
    assertThat(range.pages()).isEqualTo(MemoryPages.GIGANTIC);
    assertThat(range.address() % (1 << 30)).isZero();
    assertThat(map(kernel, 8 * MIB, PagePolicy.TRANSPARENT_HUGE, PLENTY).address() % (2 * MIB))
        .isZero();
  }

  @Test
  void fallsBackToTheNextSmallerKind() throws SystemCallException {
    kernel.set(MemoryPages.GIGANTIC, "free_hugepages", 1);
    kernel.refuseWritesOfLimit();
    kernel.set(MemoryPages.HUGE, "free_hugepages", 3);
    assertThat(layout(DATASET, PagePolicy.GIGANTIC)).isEqualTo("thp:2181038080");
    assertThat(layout(6 * MIB, PagePolicy.HUGE)).isEqualTo("2m:6291456");
  }

  @Test
  void formsNoHugePagesOfMemoryThatOthersNeed() {
    assertThatThrownBy(() -> map(kernel, 64 * MIB, PagePolicy.HUGE, 64 * MIB - 1))
        .isInstanceOfSatisfying(
            SystemCallException.class,
            e -> assertThat(e.reason()).isEqualTo("63 MiB are available"));
    assertThat(kernel.limitSeen).isZero();
    kernel.assertNothingLeft();
  }

  @Test
  void takesSmallPagesWhereTransparentOnesAreOff() throws SystemCallException {
    kernel.transparentPages("always madvise [never]\n");
    assertThat(layout(8 * MIB, PagePolicy.TRANSPARENT_HUGE)).isEqualTo("4k:8388608");
  }

  @ParameterizedTest
  @EnumSource(
      value = PagePolicy.class,
      names = {"AUTO", "GIGANTIC", "HUGE"})
  void raisesTheLimitOfHugePagesWhileItMapsAndNoLonger(PagePolicy policy)
      throws SystemCallException {
    kernel.set(MemoryPages.HUGE, "free_hugepages", 10);
    kernel.set(MemoryPages.HUGE, "resv_hugepages", 4);
    kernel.set(MemoryPages.HUGE, "surplus_hugepages", 7);
    kernel.set(MemoryPages.HUGE, "nr_overcommit_hugepages", 8);
    assertThat(layout(64 * MIB, policy)).isEqualTo("2m:67108864");
    assertThat(kernel.limitSeen).isEqualTo(7 + 32 - 6);
    assertThat(kernel.get(MemoryPages.HUGE, "nr_overcommit_hugepages")).isEqualTo(8);
  }

  @Test
  void formsGiganticPagesOnlyWhereTheyAreAskedFor() throws SystemCallException {
    kernel.set(MemoryPages.GIGANTIC, "nr_hugepages", 3);
    kernel.set(MemoryPages.GIGANTIC, "surplus_hugepages", 2);
    assertThat(layout(1 << 30, PagePolicy.AUTO)).isEqualTo("2m:1073741824");
    assertThat(layout(1 << 30, PagePolicy.GIGANTIC)).isEqualTo("1g:1073741824");
    assertThat(kernel.limitSeen).isEqualTo(512); // That of the pages of 2 MiB.
    assertThat(kernel.get(MemoryPages.GIGANTIC, "nr_hugepages")).isEqualTo(4 - 3);
  }

  @Test
  void leavesTheLimitAloneWhereThePoolSuffices() throws SystemCallException {
    kernel.set(MemoryPages.HUGE, "free_hugepages", 32);
    assertThat(layout(64 * MIB, PagePolicy.AUTO)).isEqualTo("2m:67108864");
    assertThat(kernel.limitSeen).isZero();
  }

  @Test
  void takesNoHugePagesUnasked() throws SystemCallException {
    kernel.set(MemoryPages.HUGE, "free_hugepages", 100);
    assertThat(layout(8 * MIB, PagePolicy.TRANSPARENT_HUGE)).isEqualTo("thp:8388608");
    assertThat(layout(8 * MIB, PagePolicy.SMALL)).isEqualTo("4k:8388608");
  }

  @Test
  void countsFreePoolPagesBesideAvailableMemory() throws SystemCallException {
    kernel.set(MemoryPages.HUGE, "free_hugepages", 32);
    assertThat(map(kernel, 64 * MIB, PagePolicy.AUTO, 0).pages()).isEqualTo(MemoryPages.HUGE);
  }

  @ParameterizedTest
  @ValueSource(ints = {SystemCallException.ENOMEM, SystemCallException.EEXIST, 22})
  void leavesNothingBehindWhicheverCallFails(int errorNumber) throws SystemCallException {
    boolean failed = true;
    for (int call = 0; failed; call++) {
      kernel = new SimulatedKernel(settings, call, errorNumber);
      kernel.set(MemoryPages.GIGANTIC, "free_hugepages", 1);
      try {
        MappedRange range = map(kernel, 1030 * MIB + 1, PagePolicy.AUTO, PLENTY);
        assertThat(range.length()).isEqualTo(1030 * MIB + 4096);
        assertThat(kernel.mapped.values().stream().mapToLong(l -> l).sum())
            .isEqualTo(range.length());
        range.unmap();
      } catch (SystemCallException e) {
        assertThat(e.errorNumber()).isEqualTo(errorNumber);
      }
      kernel.assertNothingLeft();
      assertThat(kernel.get(MemoryPages.HUGE, "nr_overcommit_hugepages")).isZero();
      failed = kernel.failed();
    }
  }

  @Test
  void mapsElsewhereWhenAnotherThreadWasFaster() throws SystemCallException {
    // Call 0 finds room, call 1 maps there.
    kernel = new SimulatedKernel(settings, 1, SystemCallException.EEXIST);
    MappedRange range = map(kernel, 1000, PagePolicy.AUTO, PLENTY);
    assertThat(range.runs()).containsExactly(new Run(MemoryPages.SMALL, range.address(), 4096));
  }

  @Test
  void doesWithoutAPreferredNode() throws SystemCallException {
    kernel = new SimulatedKernel(settings, 2, 1);
    assertThat(map(kernel, 1000, PagePolicy.AUTO, PLENTY).length()).isEqualTo(4096);
    assertThat(kernel.calls.get(2)).isEqualTo("mbind 0");
  }
}
