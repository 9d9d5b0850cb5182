package io.p2pmining.core.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShadowStackTest {

  @ParameterizedTest
  @CsvSource({
    "x86_Thread_features: shstk, true",
    "x86_Thread_features: wrss shstk, true",
    "x86_Thread_features: , false",
    "x86_Thread_features_locked: shstk, false",
    "Name: shstk, false"
  })
  void isWhereTheSystemSaysSo(String line, boolean active) {
    assertThat(ShadowStack.isActive("Name:\tjava\n" + line + "\nThreads:\t1\n")).isEqualTo(active);
  }
}
