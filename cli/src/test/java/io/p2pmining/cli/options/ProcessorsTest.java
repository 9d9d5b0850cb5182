package io.p2pmining.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.p2pmining.core.cpu.CpuSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

class ProcessorsTest {

  private final Processors processors = new Processors(Optional.of(CpuSet.of(2, 3, 4)));

  @Test
  void takesWhatTheProcessMayUse() {
    assertThat(processors.convert("2,4")).hasToString("2,4");
    assertThat(processors.convert("auto")).hasToString("auto");
  }

  @Test
  void refusesWhatItMayNotUse() {
    assertThatThrownBy(() -> processors.convert("1-2"))
        .isInstanceOf(TypeConversionException.class)
        .hasMessage("'1-2' is not within 2-4");
  }

  @Test
  void takesAnyWhereTheSystemDoesNotTell() {
    assertThat(new Processors(Optional.empty()).convert("7")).hasToString("7");
  }
}
