package io.p2pmining.core.x86;

import static io.p2pmining.core.x86.VectorRegister.xmm;
import static io.p2pmining.core.x86.VectorRegister.ymm;
import static io.p2pmining.core.x86.VectorRegister.zmm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What no instruction can say is refused, and nothing of it written. */
class RefusedOperandsTest {

  private static final Address PLACE = Address.at(Gpr.RAX);

  static Stream<Arguments> mistakes() {
    return Stream.concat(generalMistakes(), Stream.concat(formMistakes(), operandMistakes()));
  }

  private static Stream<Arguments> generalMistakes() {
    return Stream.of(
        mistake("vector register as an operand", asm -> asm.mov(Gpr.RAX, xmm(1))),
        mistake("the same of a VEX instruction", asm -> asm.rorx(Gpr.RAX, xmm(1), 7)),
        mistake("movq to a register that needs EVEX", asm -> asm.movq(xmm(16), Gpr.RAX)),
        mistake("movq from a register that needs EVEX", asm -> asm.movq(Gpr.RAX, xmm(16))),
        mistake("movq to 256 bits", asm -> asm.movq(ymm(1), Gpr.RAX)),
        mistake("byte 1 of RSI", asm -> asm.movzxHigh8(Gpr.RAX, Gpr.RSI)),
        mistake("byte 1 to R8", asm -> asm.movzxHigh8(Gpr.R8, Gpr.RAX)),
        mistake("kmovb to a ninth mask", asm -> asm.kmovb(8, Gpr.RAX)),
        mistake("movq2m to mask -1", asm -> asm.movq2m(-1, zmm(1))));
  }

  private static Stream<Arguments> formMistakes() {
    return Stream.of(
        mistake("no legacy form", asm -> asm.sse(VectorOperation.PMULLQ, xmm(1), xmm(2))),
        mistake(
            "no VEX form", asm -> asm.vector(VectorOperation.PBLENDD, zmm(1), zmm(2), PLACE, 1)),
        mistake("no EVEX form", asm -> asm.evex(VectorOperation.PCMPGTQ, xmm(1), xmm(2), PLACE)),
        mistake(
            "no EVEX form for a high register",
            asm -> asm.vector(VectorOperation.PBLENDD, xmm(1), xmm(2), xmm(17), 1)),
        mistake(
            "no form of 128 bits", asm -> asm.vector(VectorOperation.PERMQ, xmm(1), xmm(2), PLACE)),
        mistake(
            "no form of 512 bits", asm -> asm.vector(VectorOperation.BROADCASTI128, zmm(1), PLACE)),
        mistake(
            "scalar of 256 bits", asm -> asm.vector(VectorOperation.ADDSD, ymm(1), ymm(2), PLACE)),
        mistake("legacy form of 256 bits", asm -> asm.sse(VectorOperation.PXOR, ymm(1), PLACE)),
        mistake("legacy form, high target", asm -> asm.sse(VectorOperation.PXOR, xmm(16), PLACE)),
        mistake("legacy form, high source", asm -> asm.sse(VectorOperation.PXOR, xmm(1), xmm(31))),
        mistake(
            "legacy shift, high register",
            asm -> asm.sseShift(VectorOperation.PSRLQ_IMMEDIATE, xmm(16), 1)),
        mistake(
            "legacy store, high source",
            asm -> asm.sse(VectorOperation.MOVAPS_STORE, PLACE, xmm(16))),
        mistake("mask 0", asm -> asm.masked(VectorOperation.PADDQ, zmm(1), 0, zmm(2), zmm(3))),
        mistake("mask 8", asm -> asm.masked(VectorOperation.PADDQ, zmm(1), 8, zmm(2), zmm(3))),
        mistake("masked AES", asm -> asm.masked(VectorOperation.AESENC, zmm(1), 1, zmm(2), zmm(3))),
        mistake(
            "masked VEX", asm -> asm.masked(VectorOperation.PCMPGTQ, ymm(1), 1, ymm(2), ymm(3))),
        mistake("one word for four lanes of 32 bits", asm -> broadcast(asm, VectorOperation.PADDD)),
        mistake("one word for AES", asm -> broadcast(asm, VectorOperation.AESENC)),
        mistake("one word for a scalar", asm -> broadcast(asm, VectorOperation.ADDSD)),
        mistake("one word without EVEX", asm -> broadcast(asm, VectorOperation.PCMPGTQ)),
        mistake("rounded in 256 bits", asm -> rounded(asm, VectorOperation.ADDPD, ymm(1), ymm(2))),
        mistake("rounded from memory", asm -> rounded(asm, VectorOperation.ADDPD, zmm(1), PLACE)),
        mistake("rounded logic", asm -> rounded(asm, VectorOperation.ANDPD, zmm(1), zmm(2))),
        mistake(
            "rounded conversion that is exact",
            asm -> asm.rounded(VectorOperation.CVTDQ2PD, Rounding.UP, zmm(1), ymm(2))));
  }

  private static Stream<Arguments> operandMistakes() {
    return Stream.of(
        mistake("one source of two", asm -> asm.vector(VectorOperation.SQRTSD, xmm(1), xmm(2))),
        mistake(
            "two sources of one",
            asm -> asm.vector(VectorOperation.MOVAPS, xmm(1), xmm(2), xmm(3))),
        mistake("store as a load", asm -> asm.vector(VectorOperation.MOVAPS_STORE, xmm(1), PLACE)),
        mistake("load as a store", asm -> asm.vector(VectorOperation.MOVAPS, PLACE, xmm(1))),
        mistake(
            "legacy store as a load", asm -> asm.sse(VectorOperation.MOVAPS_STORE, xmm(1), PLACE)),
        mistake("legacy load as a store", asm -> asm.sse(VectorOperation.MOVAPS, PLACE, xmm(1))),
        mistake("legacy sum as a store", asm -> asm.sse(VectorOperation.PADDQ, PLACE, xmm(1))),
        mistake("no immediate", asm -> asm.vector(VectorOperation.PSHUFD, xmm(1), xmm(2))),
        mistake("no legacy immediate", asm -> asm.sse(VectorOperation.SHUFPD, xmm(1), xmm(2))),
        mistake(
            "an immediate", asm -> asm.vector(VectorOperation.PADDQ, xmm(1), xmm(2), xmm(3), 1)),
        mistake("a legacy immediate", asm -> asm.sse(VectorOperation.PADDQ, xmm(1), xmm(2), 1)),
        mistake(
            "shift as a sum",
            asm -> asm.vector(VectorOperation.PSRLQ_IMMEDIATE, xmm(1), xmm(2), xmm(3))),
        mistake(
            "legacy shift as a sum",
            asm -> asm.sse(VectorOperation.PSRLQ_IMMEDIATE, xmm(1), xmm(2))),
        mistake("sum as a shift", asm -> asm.vectorShift(VectorOperation.PADDQ, xmm(1), xmm(2), 3)),
        mistake("legacy sum as a shift", asm -> asm.sseShift(VectorOperation.PADDQ, xmm(1), 3)),
        mistake(
            "insertion as an extraction",
            asm -> asm.extract(VectorOperation.INSERTI64X2, xmm(1), zmm(2), 1)),
        mistake(
            "extraction to the whole width",
            asm -> asm.extract(VectorOperation.EXTRACTI64X4, zmm(1), zmm(2), 1)),
        mistake(
            "general-purpose source",
            asm -> asm.vector(VectorOperation.PADDQ, xmm(1), xmm(2), Gpr.RAX)),
        mistake(
            "general-purpose legacy source",
            asm -> asm.sse(VectorOperation.PADDQ, xmm(1), Gpr.RAX)),
        mistake(
            "narrow first source",
            asm -> asm.vector(VectorOperation.PADDQ, zmm(1), xmm(2), zmm(3))),
        mistake(
            "narrow second source",
            asm -> asm.vector(VectorOperation.PADDQ, zmm(1), zmm(2), ymm(3))),
        mistake(
            "wide second source", asm -> asm.vector(VectorOperation.PADDQ, xmm(1), xmm(2), ymm(3))),
        mistake(
            "shift between widths",
            asm -> asm.vectorShift(VectorOperation.PSRLQ_IMMEDIATE, ymm(1), xmm(2), 3)),
        mistake(
            "whole width converted", asm -> asm.vector(VectorOperation.CVTDQ2PD, ymm(1), ymm(2))),
        mistake(
            "broadcast of a register",
            asm -> asm.vector(VectorOperation.BROADCASTI128, ymm(1), ymm(2))));
  }

  private static void broadcast(Assembler asm, VectorOperation op) {
    asm.broadcast(op, xmm(1), xmm(2), PLACE);
  }

  private static void rounded(Assembler asm, VectorOperation op, VectorRegister dst, Operand b) {
    asm.rounded(op, Rounding.UP, dst, dst, b);
  }

  private static Arguments mistake(String name, Consumer<Assembler> call) {
    return Arguments.argumentSet(name, call);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void refusesBeforeAnythingIsWritten(Consumer<Assembler> call) {
    Assembler asm = new Assembler();

    assertThatThrownBy(() -> call.accept(asm)).isInstanceOf(IllegalArgumentException.class);
    assertThat(asm.length()).isZero();
  }
}
