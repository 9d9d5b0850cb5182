package io.p2pmining.core.x86;

import static io.p2pmining.core.x86.Gpr.R11;
import static io.p2pmining.core.x86.Gpr.R12;
import static io.p2pmining.core.x86.Gpr.R13;
import static io.p2pmining.core.x86.Gpr.R14;
import static io.p2pmining.core.x86.Gpr.R15;
import static io.p2pmining.core.x86.Gpr.RAX;
import static io.p2pmining.core.x86.Gpr.RBP;
import static io.p2pmining.core.x86.Gpr.RBX;
import static io.p2pmining.core.x86.Gpr.RCX;
import static io.p2pmining.core.x86.Gpr.RDI;
import static io.p2pmining.core.x86.Gpr.RDX;
import static io.p2pmining.core.x86.Gpr.RSI;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.core.cpu.CpuFeature;
import io.p2pmining.core.cpu.CpuFeatures;
import io.p2pmining.core.memory.ExecutableMemory;
import io.p2pmining.core.memory.NativeCall;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Calls a function of up to four arguments with known values in the registers that are its
 * caller's, and fails unless they are kept and no upper halves of vector registers are left.
 */
public final class CallProbe {

  private static final List<Gpr> KEPT = List.of(RBX, RBP, R12, R13, R14, R15);
  private static final List<Gpr> ARGUMENTS = List.of(RDI, RSI, RDX, RCX);
  private static final int FUNCTION = 0;
  private static final int FIRST_ARGUMENT = Long.BYTES;
  private static final int REGISTERS = 64;
  private static final int VECTORS = 128;
  private static final int VECTOR_COUNT = 16;
  private static final int VECTOR_BYTES = 32;

  private CallProbe() {}

  /** Calls the function at an address. */
  public static void call(long function, long... arguments) {
    boolean vectors = CpuFeatures.detect().has(CpuFeature.AVX);
    byte[] code = code(vectors);
    try (ExecutableMemory memory = ExecutableMemory.allocate(code.length, "a test");
        Arena arena = Arena.ofConfined()) {
      memory.beginWriting();
      MemorySegment.copy(code, 0, memory.writable(), JAVA_BYTE, 0, code.length);
      memory.endWriting();
      MemorySegment table = arena.allocate(VECTORS + VECTOR_COUNT * VECTOR_BYTES, 64);
      table.set(JAVA_LONG, FUNCTION, function);
      for (int i = 0; i < arguments.length; i++) {
        table.set(JAVA_LONG, FIRST_ARGUMENT + i * Long.BYTES, arguments[i]);
      }
      NativeCall.call(memory.entry(0), table.address());
      for (int i = 0; i < KEPT.size(); i++) {
        assertThat(table.get(JAVA_LONG, REGISTERS + i * Long.BYTES))
            .as(KEPT.get(i).name())
            .isEqualTo(value(i));
      }
      for (int i = 0; vectors && i < VECTOR_COUNT; i++) {
        int upperHalf = VECTORS + i * VECTOR_BYTES + VECTOR_BYTES / 2;
        assertThat(table.asSlice(upperHalf, VECTOR_BYTES / 2).toArray(JAVA_LONG))
            .as("upper half of YMM%d", i)
            .containsOnly(0);
      }
    }
  }

  private static long value(int register) {
    return 0x0123_4567_89ab_cdefL * (register + 1);
  }

  /** A function of the address of a table: what to call with what, and places for the registers. */
  private static byte[] code(boolean vectors) {
    Assembler asm = new Assembler();
    KEPT.forEach(asm::push);
    asm.push(RDI);
    asm.mov(RAX, Address.at(RDI, FUNCTION));
    asm.mov(R11, RDI);
    for (int i = 0; i < ARGUMENTS.size(); i++) {
      asm.mov(ARGUMENTS.get(i), Address.at(R11, FIRST_ARGUMENT + i * Long.BYTES));
    }
    for (int i = 0; i < KEPT.size(); i++) {
      asm.mov(KEPT.get(i), value(i));
    }
    asm.call(RAX);
    asm.pop(RDI);
    for (int i = 0; i < KEPT.size(); i++) {
      asm.mov(Address.at(RDI, REGISTERS + i * Long.BYTES), KEPT.get(i));
    }
    for (int i = 0; vectors && i < VECTOR_COUNT; i++) {
      Address place = Address.at(RDI, VECTORS + i * VECTOR_BYTES);
      asm.vector(VectorOperation.MOVDQU_STORE, place, VectorRegister.ymm(i));
    }
    KEPT.reversed().forEach(asm::pop);
    asm.ret();
    return asm.toByteArray();
  }
}
