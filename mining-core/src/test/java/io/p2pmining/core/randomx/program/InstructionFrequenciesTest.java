package io.p2pmining.core.randomx.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InstructionFrequenciesTest {

  @ParameterizedTest
  @EnumSource
  void giveEachInstructionItsShareOfTheBytes(Opcode opcode) {
    int bytes = 0;
    for (int value = 0; value < 256; value++) {
      if (InstructionFrequencies.STANDARD.opcode(value) == opcode) {
        bytes++;
      }
    }
    assertThat(bytes).isEqualTo(InstructionFrequencies.STANDARD.count(opcode));
  }

  @Test
  void shareOutTheBytesInTheOrderOfTheInstructions() {
    assertThat(InstructionFrequencies.STANDARD.opcode(0)).isEqualTo(Opcode.IADD_RS);
    assertThat(InstructionFrequencies.STANDARD.opcode(15)).isEqualTo(Opcode.IADD_RS);
    assertThat(InstructionFrequencies.STANDARD.opcode(16)).isEqualTo(Opcode.IADD_M);
    assertThat(InstructionFrequencies.STANDARD.opcode(255)).isEqualTo(Opcode.ISTORE);
  }

  @Test
  void mustAddUpTo256() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> InstructionFrequencies.STANDARD.with(Map.of(Opcode.IROR_R, 7)))
        .withMessageContaining("sum=255");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> InstructionFrequencies.STANDARD.with(Map.of(Opcode.NOP, 1)))
        .withMessageContaining("add up to 256");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                InstructionFrequencies.STANDARD.with(Map.of(Opcode.IROR_R, -1, Opcode.IROL_R, 11)))
        .withMessageContaining("opcode=IROR_R, count=-1");
  }

  @Test
  void areEqualWhenTheirCountsAre() {
    InstructionFrequencies changed =
        InstructionFrequencies.STANDARD.with(Map.of(Opcode.IROR_R, 7, Opcode.IROL_R, 3));
    assertThat(changed).isNotEqualTo(InstructionFrequencies.STANDARD);
    assertThat(changed.with(Map.of(Opcode.IROR_R, 8, Opcode.IROL_R, 2)))
        .isEqualTo(InstructionFrequencies.STANDARD)
        .hasSameHashCodeAs(InstructionFrequencies.STANDARD);
  }
}
