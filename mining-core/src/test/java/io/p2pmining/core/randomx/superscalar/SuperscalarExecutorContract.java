package io.p2pmining.core.randomx.superscalar;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.p2pmining.core.randomx.RandomXVectors;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** What every way to run superscalar programs must do. */
abstract class SuperscalarExecutorContract {

  private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(64);
  private static final int DST = 2;
  private static final int SRC = 7;

  abstract SuperscalarExecutor executor(List<SuperscalarProgram> programs);

  @Test
  void agreesWithTheVector() {
    byte[] key = "test key 000".getBytes(US_ASCII);
    SuperscalarExecutor executor = executor(SuperscalarProgram.generate(key, 170, 8));
    long[] registers = new long[8];
    for (int i = 0; i < 8; i++) {
      registers[i] = 0x0123456789abcdefL * (i + 1) + i;
    }
    executor.execute(0, registers);
    int register = 0;
    for (JsonNode word : RandomXVectors.root().at("/intermediate/superscalar0_exec/out")) {
      assertThat(registers[register++]).isEqualTo(HexFormat.fromHexDigitsToLong(word.asString()));
    }
    assertThat(register).isEqualTo(8);
  }

  @Test
  void agreesWithTheInterpreterOnRandomPrograms() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    byte[] key = new byte[32];
    random.nextBytes(key);
    List<SuperscalarProgram> programs = SuperscalarProgram.generate(key, 170, 8);
    SuperscalarExecutor subject = executor(programs);
    SuperscalarExecutor oracle = InterpretedPrograms.of(programs);
    for (int repeat = 0; repeat < 1000; repeat++) {
      long[] actual = random.longs(8).toArray();
      long[] expected = actual.clone();
      subject.execute(repeat % 8, actual);
      oracle.execute(repeat % 8, expected);
      assertThat(actual).as("seed=%d", seed).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @EnumSource
  void executesEachInstructionAsSpecified(SuperscalarOpcode opcode) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int repeat = 0; repeat < 20; repeat++) {
      int imm32 =
          opcode == SuperscalarOpcode.IROR_C ? 1 + random.nextInt(63) : random.nextInt() | 9;
      int mod = random.nextInt(256);
      SuperscalarInstruction instruction = new SuperscalarInstruction(opcode, DST, SRC, mod, imm32);
      long[] registers = random.longs(8).toArray();
      long[] expected = registers.clone();
      expected[DST] = specified(instruction, registers[DST], registers[SRC]).longValue();
      executor(List.of(new SuperscalarProgram(List.of(instruction), 0))).execute(0, registers);
      assertThat(registers).as("%s, seed=%d", instruction, seed).isEqualTo(expected);
    }
  }

  @Test
  void refusesAProgramThatIsNotThere() {
    SuperscalarExecutor executor = executor(List.of(new SuperscalarProgram(List.of(), 0)));
    assertThatThrownBy(() -> executor.execute(1, new long[8]))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  /** Table 6.1.1 of the specification in arbitrary precision. */
  private static BigInteger specified(SuperscalarInstruction instruction, long dst, long src) {
    BigInteger d = BigInteger.valueOf(dst);
    BigInteger s = BigInteger.valueOf(src);
    BigInteger immediate = BigInteger.valueOf(instruction.imm32());
    return switch (instruction.opcode()) {
      case ISUB_R -> d.subtract(s);
      case IXOR_R -> d.xor(s);
      case IADD_RS -> d.add(s.shiftLeft(instruction.mod() / 4 % 4));
      case IMUL_R -> d.multiply(s);
      case IROR_C -> {
        BigInteger twice = d.mod(TWO_TO_64).multiply(TWO_TO_64.add(BigInteger.ONE));
        yield twice.shiftRight(instruction.imm32());
      }
      case IADD_C7, IADD_C8, IADD_C9 -> d.add(immediate);
      case IXOR_C7, IXOR_C8, IXOR_C9 -> d.xor(immediate);
      case IMULH_R -> d.mod(TWO_TO_64).multiply(s.mod(TWO_TO_64)).shiftRight(64);
      case ISMULH_R -> d.multiply(s).shiftRight(64);
      case IMUL_RCP -> d.multiply(BigInteger.valueOf(Reciprocal.of(instruction.imm32())));
    };
  }
}
