package io.p2pmining.core.x86;

import static io.p2pmining.core.x86.VectorRegister.xmm;
import static io.p2pmining.core.x86.VectorRegister.zmm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AssemblerTest {

  private static final int INT3 = 0xCC;

  private final Assembler asm = new Assembler();

  @Test
  void keepsWhatWasWrittenWhenTheCodeGrows() {
    byte[] expected = new byte[5000];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = (byte) (i * 7);
      asm.data8(i * 7);
    }

    assertThat(asm.length()).isEqualTo(expected.length);
    assertThat(asm.toByteArray()).isEqualTo(expected);
  }

  @Test
  void growsForEachSizeOfDatum() {
    for (int i = 0; i < 1000; i++) {
      asm.data8(1);
      asm.data32(2);
      asm.data64(3);
    }

    byte[] code = asm.toByteArray();
    assertThat(code).hasSize(13_000);
    assertThat(Arrays.copyOfRange(code, 12_987, 13_000))
        .containsExactly(1, 2, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0);
  }

  @Test
  void alignsToPowersOfTwoOnly() {
    for (int alignment = 1; alignment <= 64; alignment *= 2) {
      asm.data8(INT3);
      asm.align(alignment);
      assertThat(asm.length() % alignment).isZero();
      int length = asm.length();
      asm.align(alignment);
      assertThat(asm.length()).isEqualTo(length);
    }
    assertThatThrownBy(() -> asm.align(24))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bytes=24");
  }

  @Test
  void labelKnowsItsPosition() {
    Label label = new Label();
    asm.data32(0);
    assertThat(label.isBound()).isFalse();
    asm.bind(label);
    assertThat(label.isBound()).isTrue();
    assertThat(label.position()).isEqualTo(4);
  }

  @Test
  void refusesToFinishWhileALabelIsOpen() {
    Label label = new Label();
    asm.jmp(label);
    assertThatThrownBy(asm::toByteArray).isInstanceOf(IllegalStateException.class);

    asm.bind(label);
    assertThat(asm.toByteArray()).containsExactly(0xE9, 0, 0, 0, 0);
  }

  @Test
  void refusesToBindALabelTwice() {
    Label label = new Label();
    asm.data8(INT3);
    asm.bind(label);
    assertThatThrownBy(() -> asm.bind(label))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("position=1");
  }

  @Test
  void givesTheSameBytesEachTime() {
    Label label = new Label();
    asm.lea(Gpr.RAX, Address.of(label).plus(8));
    asm.jumpShort(Condition.ZERO, label);
    asm.bind(label);

    assertThat(asm.toByteArray()).isEqualTo(asm.toByteArray());
  }

  @Test
  void refusesAShortJumpThatIsTooFar() {
    Label label = new Label();
    asm.jumpShort(Condition.ZERO, label);
    asm.nops(128);
    asm.bind(label);

    assertThatThrownBy(asm::toByteArray)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("distance=128");
  }

  @Test
  void refusesAddressesThatDoNotExist() {
    Label label = new Label();
    assertThatThrownBy(() -> Address.at(Gpr.RAX, Gpr.RSP))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Address.at(Gpr.RAX, Gpr.RCX, 3, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("scale=3");
    assertThatThrownBy(() -> new Address(Gpr.RAX, null, 1, 0, label))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Address(null, Gpr.RCX, 1, 0, label))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Address(null, null, 1, 0, null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void registersKnowTheirNames() {
    assertThat(Gpr.of(12)).isEqualTo(Gpr.R12);
    assertThat(xmm(7).as(VectorRegister.Width.ZMM)).isEqualTo(zmm(7));
    assertThatThrownBy(() -> xmm(32))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("number=32");
  }
}
