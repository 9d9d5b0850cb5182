package io.p2pmining.core.crypto.compiled;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.p2pmining.core.cpu.CpuFeature;
import io.p2pmining.core.cpu.CpuFeatures;
import io.p2pmining.core.memory.ExecutableMemory;
import io.p2pmining.core.memory.NativeCall;
import io.p2pmining.core.randomx.RandomXVariants;
import io.p2pmining.core.x86.Address;
import io.p2pmining.core.x86.Assembler;
import io.p2pmining.core.x86.Gpr;
import io.p2pmining.core.x86.VectorOperation;
import io.p2pmining.core.x86.VectorRegister;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls the routines with known registers and looks at what they leave (System V ABI). */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class AesConventionTest {

  private static final List<Gpr> KEPT =
      List.of(Gpr.RBX, Gpr.RBP, Gpr.R12, Gpr.R13, Gpr.R14, Gpr.R15);

  private static final int VECTORS = 16;
  private static final int YMM_BYTES = 32;
  private static final int ROUTINES_START = 4096;

  @ParameterizedTest
  @EnumSource(AesKind.class)
  void routinesKeepTheRegistersOfTheCallerAndLeaveNoUpperHalves(AesKind kind) {
    CpuFeatures features = CpuFeatures.detect();
    assumeTrue(kind.isSupportedBy(features) && features.has(CpuFeature.AVX));
    AesAssembly assembly = new AesAssembly(kind, RandomXVariants.MONERO.programGenerator());
    byte[] code = assembly.code();
    byte[] caller = caller();
    try (ExecutableMemory memory =
            ExecutableMemory.allocate(ROUTINES_START + code.length, "a test");
        AesBuffers buffers = new AesBuffers(AesCode.SCRATCHPAD_UNIT_BYTES, new Random(3));
        Arena arena = Arena.ofConfined()) {
      memory.beginWriting();
      MemorySegment.copy(caller, 0, memory.writable(), JAVA_BYTE, 0, caller.length);
      MemorySegment.copy(code, 0, memory.writable(), JAVA_BYTE, ROUTINES_START, code.length);
      memory.endWriting();
      MemorySegment left = arena.allocate(KEPT.size() * 8L + VECTORS * YMM_BYTES, 64);
      for (AesRoutine routine : AesRoutine.values()) {
        for (int lanes = 1; lanes <= AesLanes.MAX_LANES; lanes++) {
          left.fill((byte) -1);
          NativeCall.call(
              memory.entry(0),
              buffers.lanes().address(),
              AesCode.SCRATCHPAD_UNIT_BYTES,
              memory.entry(ROUTINES_START + assembly.entry(routine, lanes)),
              left.address());
          assertLeft(left, routine + ", lanes=" + lanes);
        }
      }
    }
  }

  private static void assertLeft(MemorySegment left, String call) {
    for (int i = 0; i < KEPT.size(); i++) {
      assertThat(left.getAtIndex(JAVA_LONG, i)).as(call + ", " + KEPT.get(i)).isEqualTo(value(i));
    }
    for (int i = 0; i < VECTORS; i++) {
      long upper = KEPT.size() * 8L + i * YMM_BYTES + YMM_BYTES / 2;
      assertThat(left.get(JAVA_LONG, upper)).as(call + ", upper half of YMM" + i).isZero();
      assertThat(left.get(JAVA_LONG, upper + 8)).as(call + ", upper half of YMM" + i).isZero();
    }
  }

  private static long value(int register) {
    return 0x0123_4567_89ab_cdefL * (register + 1);
  }

  /** A function of a table, a length, a routine and a place for registers. */
  private static byte[] caller() {
    Assembler asm = new Assembler();
    KEPT.forEach(asm::push);
    asm.push(Gpr.RCX);
    for (int i = 0; i < KEPT.size(); i++) {
      asm.mov(KEPT.get(i), value(i));
    }
    asm.call(Gpr.RDX);
    asm.pop(Gpr.RCX);
    for (int i = 0; i < KEPT.size(); i++) {
      asm.mov(Address.at(Gpr.RCX, i * Long.BYTES), KEPT.get(i));
    }
    for (int i = 0; i < VECTORS; i++) {
      Address place = Address.at(Gpr.RCX, KEPT.size() * Long.BYTES + i * YMM_BYTES);
      asm.vector(VectorOperation.MOVDQU_STORE, place, VectorRegister.ymm(i));
    }
    asm.vzeroupper();
    KEPT.reversed().forEach(asm::pop);
    asm.ret();
    return asm.toByteArray();
  }
}
