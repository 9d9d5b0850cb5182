package io.p2pmining.core.randomx.compiler;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.core.cpu.CpuFeature;
import io.p2pmining.core.cpu.CpuFeatures;
import io.p2pmining.core.memory.ExecutableMemory;
import io.p2pmining.core.memory.NativeCall;
import io.p2pmining.core.randomx.PatternDataset;
import io.p2pmining.core.randomx.RandomXParameters;
import io.p2pmining.core.randomx.RandomXVariants;
import io.p2pmining.core.randomx.StrangeParameters;
import io.p2pmining.core.randomx.TestSeed;
import io.p2pmining.core.randomx.program.Opcode;
import io.p2pmining.core.x86.Address;
import io.p2pmining.core.x86.Assembler;
import io.p2pmining.core.x86.Gpr;
import io.p2pmining.core.x86.VectorOperation;
import io.p2pmining.core.x86.VectorRegister;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What programs leave to the Java code around them: its registers and its floating point. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class CallerStateTest {

  private static final int ROUNDS = 400;

  /** Rounding mode, masks of exceptions, and whether denormal numbers count as zero. */
  private static final int MXCSR_CONTROL = 0xffc0;

  /** As the calling convention and Java have it: to nearest, nothing flushed, all masked. */
  private static final int MXCSR_OF_JAVA = 0x1f80;

  private static final List<Gpr> KEPT =
      List.of(Gpr.RBX, Gpr.RBP, Gpr.R12, Gpr.R13, Gpr.R14, Gpr.R15, Gpr.RSP);

  private static final int VECTORS = 16;
  private static final int YMM_BYTES = 32;
  private static final long MXCSR_BEFORE = 64;
  private static final long MXCSR_AFTER = 68;
  private static final long VECTORS_AT = 128;
  private static final long LEFT_BYTES = VECTORS_AT + VECTORS * YMM_BYTES;

  static Stream<Arguments> targetsAndLanes() {
    return Targets.all()
        .flatMap(target -> Stream.of(1, 2, 4).map(lanes -> Arguments.of(target, lanes)));
  }

  /** Programs that leave any rounding mode, and compute with infinities and the like. */
  private static Comparison comparison(CompilerTarget target, int lanes, SplittableRandom random) {
    RandomXParameters parameters = parameters();
    PatternDataset dataset = PatternDataset.shared();
    return new Comparison(
        parameters,
        Comparison.compiler(parameters, target, dataset),
        lanes,
        dataset,
        random.split());
  }

  private static RandomXParameters parameters() {
    return StrangeParameters.on(
        StrangeParameters.with(
            StrangeParameters.sized(RandomXVariants.MONERO, 64, 3),
            StrangeParameters.only(Opcode.values())),
        RandomXVariants.ARQMA.scratchpad());
  }

  private static void program(Comparison comparison, SplittableRandom random) {
    for (int lane = 0; lane < comparison.lanes(); lane++) {
      comparison.program(lane, ProgramBuffers.random(parameters(), random));
    }
  }

  @ParameterizedTest
  @MethodSource("targetsAndLanes")
  void floatingPointOfJavaIsUnchanged(CompilerTarget target, int lanes) {
    long[] before = JavaFloatingPoint.results();
    SplittableRandom random = new SplittableRandom(TestSeed.of("floating point of Java"));
    boolean[] left = new boolean[4];
    try (Comparison comparison = comparison(target, lanes, random)) {
      for (int round = 0; round < ROUNDS; round++) {
        program(comparison, random);
        comparison.ring().run();
        long[] after = JavaFloatingPoint.results();
        assertThat(after).as("round=%d", round).isEqualTo(before);
        left[comparison.ring().roundingMode(lanes - 1)] = true;
      }
    }
    assertThat(left).as("modes that programs ended with").doesNotContain(false);
    assertThat(before).isEqualTo(JavaFloatingPoint.expected());
  }

  @ParameterizedTest
  @MethodSource("targetsAndLanes")
  void registersOfTheCallerAreUnchanged(CompilerTarget target, int lanes) {
    boolean avx = CpuFeatures.detect().has(CpuFeature.AVX);
    SplittableRandom random = new SplittableRandom(TestSeed.of("registers of the caller"));
    try (ExecutableMemory code = ExecutableMemory.holding(caller(avx), "a test");
        Comparison comparison = comparison(target, lanes, random);
        Arena arena = Arena.ofConfined()) {
      MemorySegment left = arena.allocate(LEFT_BYTES, 64);
      for (int round = 0; round < ROUNDS; round++) {
        program(comparison, random);
        left.fill((byte) -1);
        LaneRing ring = comparison.ring();
        NativeCall.call(code.entry(0), ring.lanesAddress(), ring.entry(), left.address());
        for (int i = 0; i < KEPT.size() - 1; i++) {
          assertThat(left.getAtIndex(JAVA_LONG, i)).as("%s", KEPT.get(i)).isEqualTo(value(i));
        }
        assertThat(left.getAtIndex(JAVA_LONG, KEPT.size() - 1)).as("change of RSP").isZero();
        for (long mxcsr : new long[] {MXCSR_BEFORE, MXCSR_AFTER}) {
          assertThat(left.get(JAVA_INT, mxcsr) & MXCSR_CONTROL).isEqualTo(MXCSR_OF_JAVA);
        }
        for (int i = 0; avx && i < VECTORS; i++) {
          long upper = VECTORS_AT + i * YMM_BYTES + YMM_BYTES / 2;
          assertThat(left.get(JAVA_LONG, upper) | left.get(JAVA_LONG, upper + Long.BYTES))
              .as("upper half of YMM%d", i)
              .isZero();
        }
      }
    }
  }

  private static long value(int register) {
    return 0x0123_4567_89ab_cdefL * (register + 1);
  }

  /** A function of the lanes' memory, the code to call, and a place for what that leaves. */
  private static byte[] caller(boolean avx) {
    Assembler asm = new Assembler();
    List<Gpr> saved = KEPT.subList(0, KEPT.size() - 1);
    saved.forEach(asm::push);
    asm.push(Gpr.RDX);
    asm.stmxcsr(Address.at(Gpr.RDX, (int) MXCSR_BEFORE));
    asm.mov(Address.at(Gpr.RDX, saved.size() * Long.BYTES), Gpr.RSP);
    for (int i = 0; i < saved.size(); i++) {
      asm.mov(saved.get(i), value(i));
    }
    if (avx) {
      asm.vzeroupper();
    }
    asm.call(Gpr.RSI);
    asm.mov(Gpr.RDX, Address.at(Gpr.RSP));
    asm.stmxcsr(Address.at(Gpr.RDX, (int) MXCSR_AFTER));
    for (int i = 0; i < saved.size(); i++) {
      asm.mov(Address.at(Gpr.RDX, i * Long.BYTES), saved.get(i));
    }
    Address stack = Address.at(Gpr.RDX, saved.size() * Long.BYTES);
    asm.mov(Gpr.RAX, stack);
    asm.sub(Gpr.RAX, Gpr.RSP);
    asm.mov(stack, Gpr.RAX);
    for (int i = 0; avx && i < VECTORS; i++) {
      Address place = Address.at(Gpr.RDX, (int) VECTORS_AT + i * YMM_BYTES);
      asm.vector(VectorOperation.MOVDQU_STORE, place, VectorRegister.ymm(i));
    }
    if (avx) {
      asm.vzeroupper();
    }
    asm.pop(Gpr.RDX);
    saved.reversed().forEach(asm::pop);
    asm.ret();
    return asm.toByteArray();
  }
}
