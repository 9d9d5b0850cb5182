package io.p2pmining.core.randomx.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.core.pow.InstructionLimit;
import io.p2pmining.core.randomx.RandomXParameters;
import io.p2pmining.core.randomx.RandomXVariants;
import io.p2pmining.core.randomx.RandomXVersion;
import io.p2pmining.core.randomx.program.Opcode;
import io.p2pmining.core.x86.Assembler;
import io.p2pmining.core.x86.Binutils;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Under each limit, a disassembler finds no instruction that goes beyond it. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class AllowedInstructionsTest {

  private static final String AES = "v?aes.*";
  private static final String VEX = "v.*";
  private static final String BMI2 = "mulx|rorx|sarx|shlx|shrx|pext|pdep|bzhi";

  private static final Map<InstructionLimit, Pattern> FORBIDDEN =
      Map.of(
          InstructionLimit.NO_AES,
          Pattern.compile(String.join("|", AES, VEX, BMI2)),
          InstructionLimit.NONE,
          Pattern.compile(String.join("|", VEX, BMI2)),
          InstructionLimit.AVX2,
          Pattern.compile("vpternlog.*|k.*"));

  /** What shows that the code really has what the limit allows. */
  private static final Map<InstructionLimit, Set<String>> USED =
      Map.of(
          InstructionLimit.NO_AES, Set.of("mulpd", "ldmxcsr", "cvtdq2pd"),
          InstructionLimit.NONE, Set.of("mulpd", "ldmxcsr", "cvtdq2pd", "aesenc", "aesdec"),
          InstructionLimit.AVX2, Set.of("mulpd", "ldmxcsr", "aesenc", "aesdec", "mulx", "rorx"),
          InstructionLimit.AVX512, Set.of("vmulpd", "vaesenc", "vaesdec", "mulx", "rorx"));

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(
      value = InstructionLimit.class,
      names = {"AUTO"},
      mode = EnumSource.Mode.EXCLUDE)
  void areNoOthers(InstructionLimit limit) throws Exception {
    CompilerTarget target = CompilerTarget.detect(limit).orElseThrow();
    Binutils binutils = new Binutils(folder);
    Set<String> found = new TreeSet<>();
    for (RandomXParameters parameters : Set.of(RandomXVariants.MONERO, RandomXVariants.MONERO_V2)) {
      binutils.disassemble(code(parameters, target)).stream()
          .map(line -> line.text().replaceAll(" .*", ""))
          .forEach(found::add);
    }
    Pattern forbidden = FORBIDDEN.get(limit);
    if (forbidden != null) {
      assertThat(found).noneMatch(mnemonic -> forbidden.matcher(mnemonic).matches());
    }
    if (target.equals(expected(limit))) {
      assertThat(found).containsAll(USED.getOrDefault(limit, Set.of()));
    }
  }

  /** What a processor with everything would be allowed. */
  private static CompilerTarget expected(InstructionLimit limit) {
    return switch (limit) {
      case AUTO, AVX512 -> new CompilerTarget(true, true, true, true);
      case AVX2 -> new CompilerTarget(false, true, true, true);
      case NONE -> new CompilerTarget(false, false, true, false);
      case NO_AES -> new CompilerTarget(false, false, false, false);
    };
  }

  /**
   * The loop with room for empty bodies, every template, and CFROUND for every register, and the
   * encoder.
   */
  private static byte[] code(RandomXParameters parameters, CompilerTarget target) {
    FloatCode floats = FloatCode.of(target.avx512());
    ByteArrayOutputStream code = new ByteArrayOutputStream();
    for (boolean computesItems : new boolean[] {false, true}) {
      LoopShape shape =
          new LoopShape(
              parameters.version(),
              2,
              parameters.scratchpad().l3LineMask(),
              DatasetAccess.WHOLE,
              computesItems,
              !computesItems,
              target.aes());
      LaneLayout layout = new LaneLayout(2, parameters.programSize());
      LoopCode loop = new LoopCode(shape, layout, floats, 0);
      // Behind the bodies come tables, which are no instructions.
      code.writeBytes(Arrays.copyOf(loop.bytes(), loop.body(1)));
    }
    InstructionCode instructions =
        new InstructionCode(floats, parameters.scratchpad(), target.bmi2());
    Assembler asm = new Assembler();
    for (Opcode opcode : Opcode.values()) {
      for (int form = 0; form < ModClass.of(opcode).count * 64; form++) {
        instructions.write(asm, opcode, form / 8 % 8, form % 8, form / 64);
      }
    }
    code.writeBytes(asm.toByteArray());
    RoundingCode rounding = new RoundingCode(target.avx512(), parameters.version(), target.bmi2());
    byte[] written = new byte[rounding.maxBytes()];
    for (int src = 0; src < 8; src++) {
      rounding.write(MemorySegment.ofArray(written), 0, src, 0, 0, 0);
      code.writeBytes(written);
    }
    EncoderCode encoder =
        new EncoderCode(
            new TemplateTable(instructions, parameters.frequencies(), parameters.scratchpad()),
            target.avx512());
    code.writeBytes(encoder.bytes());
    return code.toByteArray();
  }

  /** A disassembler is not everywhere; bytes of AES are told by themselves. */
  @ParameterizedTest
  @EnumSource(RandomXVersion.class)
  void areNoneForAesInALoopThatHasToDoWithout(RandomXVersion version) {
    Set<Boolean> found =
        Set.of(true, false).stream()
            .filter(aes -> AesBytes.areIn(loop(version, aes)))
            .collect(Collectors.toSet());
    assertThat(found).isEqualTo(version == RandomXVersion.V2 ? Set.of(true) : Set.of());
  }

  private static byte[] loop(RandomXVersion version, boolean aes) {
    RandomXParameters parameters = RandomXVariants.MONERO;
    LoopShape shape =
        new LoopShape(
            version,
            2,
            parameters.scratchpad().l3LineMask(),
            DatasetAccess.WHOLE,
            false,
            true,
            aes);
    return new LoopCode(shape, new LaneLayout(2, parameters.programSize()), new SseFloatCode(), 0)
        .bytes();
  }
}
