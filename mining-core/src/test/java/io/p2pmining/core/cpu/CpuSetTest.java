package io.p2pmining.core.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CpuSetTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "0-3", "0-3,8", "1,3,5-6,64-127"})
  void writesListsAsItReadsThem(String list) {
    assertThat(CpuSet.parse(list + "\n")).hasToString(list);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "3-1", "1,", "-1", "1--2", "0-3:1"})
  void refusesWhatIsNoList(String list) {
    assertThatThrownBy(() -> CpuSet.parse(list))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("list of processors=" + list);
  }

  @Test
  void readsAndWritesMasks() {
    CpuSet cpus = CpuSet.of(0, 9, 65);
    assertThat(cpus.toMask()).hasSize(9).startsWith(1, 2).endsWith(2);
    assertThat(CpuSet.ofMask(cpus.toMask())).isEqualTo(cpus).hasSameHashCodeAs(cpus);
  }

  @Test
  void knowsWhatIsInIt() {
    CpuSet cpus = CpuSet.parse("2-4");
    assertThat(cpus.contains(4)).isTrue();
    assertThat(cpus.contains(5)).isFalse();
    assertThat(cpus.contains(-1)).isFalse();
    assertThat(cpus.size()).isEqualTo(3);
    assertThat(cpus.and(CpuSet.of(4, 5)).toList()).containsExactly(4);
    assertThat(cpus.and(CpuSet.NONE).isEmpty()).isTrue();
    assertThat(CpuSet.first(3)).isEqualTo(CpuSet.of(0, 1, 2));
  }
}
