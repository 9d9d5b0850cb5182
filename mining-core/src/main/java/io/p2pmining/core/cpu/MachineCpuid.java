package io.p2pmining.core.cpu;

import io.p2pmining.core.memory.CodeMemoryException;
import io.p2pmining.core.memory.ExecutableMemory;
import io.p2pmining.core.memory.NativeCall;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;

/** The processor that executes this: its answers come from machine code written here. */
final class MachineCpuid implements Cpuid {

  /**
   * CPUID as a function of leaf, subleaf and the address of four integers for the result, by the
   * calling convention of Linux: push rbx; mov r8, rdx; mov eax, edi; mov ecx, esi; cpuid; mov
   * [r8], eax; mov [r8+4], ebx; mov [r8+8], ecx; mov [r8+12], edx; pop rbx; ret.
   */
  private static final byte[] CPUID_CODE =
      HexFormat.of().parseHex("534989d089f889f10fa241890041895804418948084189500c5bc3");

  /** XGETBV(0): xor ecx, ecx; xgetbv; shl rdx, 32; mov eax, eax; or rax, rdx; ret. */
  private static final byte[] XGETBV_CODE =
      HexFormat.of().parseHex("31c90f01d048c1e22089c04809d0c3");

  private static final int XGETBV_OFFSET = 64;
  private static final int CODE_BYTES = 128;

  private final long cpuid;
  private final long xgetbv;
  private final MemorySegment result;

  private MachineCpuid(ExecutableMemory code, MemorySegment result) {
    this.cpuid = code.entry(0);
    this.xgetbv = code.entry(XGETBV_OFFSET);
    this.result = result;
  }

  /** Lets a reader ask this processor; empty if it is not x86-64 or cannot be asked. */
  static <T> Optional<T> read(Function<Cpuid, T> reader) {
    if (!System.getProperty("os.arch", "").equals("amd64")) {
      return Optional.empty();
    }
    byte[] bytes = new byte[CODE_BYTES];
    System.arraycopy(CPUID_CODE, 0, bytes, 0, CPUID_CODE.length);
    System.arraycopy(XGETBV_CODE, 0, bytes, XGETBV_OFFSET, XGETBV_CODE.length);
    try (ExecutableMemory code = ExecutableMemory.holding(bytes, "processor detection");
        Arena arena = Arena.ofConfined()) {
      MemorySegment result = arena.allocate(ValueLayout.JAVA_INT, 4);
      return Optional.of(reader.apply(new MachineCpuid(code, result)));
    } catch (CodeMemoryException e) {
      System.getLogger(MachineCpuid.class.getName())
          .log(System.Logger.Level.DEBUG, "the processor is unknown", e);
      return Optional.empty();
    }
  }

  @Override
  public Leaf leaf(int number, int subleaf) {
    NativeCall.call(cpuid, number, subleaf, result.address());
    return new Leaf(register(0), register(1), register(2), register(3));
  }

  private int register(int index) {
    return result.getAtIndex(ValueLayout.JAVA_INT, index);
  }

  @Override
  public long enabledStates() {
    return NativeCall.call(xgetbv);
  }
}
