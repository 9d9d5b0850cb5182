package io.p2pmining.core.randomx.itemcode;

import static io.p2pmining.core.x86.Gpr.R12;
import static io.p2pmining.core.x86.Gpr.R13;
import static io.p2pmining.core.x86.Gpr.R14;
import static io.p2pmining.core.x86.Gpr.R15;
import static io.p2pmining.core.x86.Gpr.R8;
import static io.p2pmining.core.x86.Gpr.RAX;
import static io.p2pmining.core.x86.Gpr.RBX;
import static io.p2pmining.core.x86.Gpr.RCX;
import static io.p2pmining.core.x86.Gpr.RDI;
import static io.p2pmining.core.x86.Gpr.RDX;
import static io.p2pmining.core.x86.Gpr.RSI;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.p2pmining.core.cpu.CpuFeature;
import io.p2pmining.core.cpu.CpuFeatures;
import io.p2pmining.core.memory.ExecutableMemory;
import io.p2pmining.core.memory.NativeCall;
import io.p2pmining.core.randomx.superscalar.SuperscalarProgram;
import io.p2pmining.core.x86.Address;
import io.p2pmining.core.x86.Assembler;
import io.p2pmining.core.x86.Gpr;
import io.p2pmining.core.x86.Label;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class LookaheadItemCodeTest {

  private static final int NUMBERS = 8;
  private static final int RESULT = 64;
  private static final int WINDOW = 128;
  private static final long SOME_ITEMS = 5;

  /** Of few numbers, so that wanted items were announced, or not, or long ago, or twice. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void givesTheSameItemsWhateverWasAnnounced(int announced) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<SuperscalarProgram> programs = RandomPrograms.ofRandomKey(random);
    boolean mulx = CpuFeatures.detect().has(CpuFeature.BMI2) && random.nextBoolean();
    byte[] code = function(new LookaheadItemCode(programs, announced, mulx));
    try (RandomCache cache = new RandomCache(seed);
        ExecutableMemory memory = ExecutableMemory.allocate(code.length, "a test");
        Arena arena = Arena.ofConfined()) {
      memory.beginWriting();
      MemorySegment.copy(code, 0, memory.writable(), JAVA_BYTE, 0, code.length);
      memory.endWriting();
      MemorySegment table = arena.allocate(WINDOW + LookaheadItemCode.windowBytes(announced), 64);
      table.asSlice(WINDOW).fill(LookaheadItemCode.EMPTY);
      table.set(JAVA_LONG, 0, cache.segment().address());
      for (int call = 0; call < 300; call++) {
        for (int i = 0; i < 3; i++) {
          table.set(JAVA_LONG, NUMBERS + i * Long.BYTES, random.nextLong(SOME_ITEMS));
        }
        long wanted = table.get(JAVA_LONG, NUMBERS);
        NativeCall.call(memory.entry(0), table.address());
        assertThat(table.asSlice(RESULT, 64).toArray(JAVA_LONG))
            .as("call=%d, item=%d, seed=%d", call, wanted, seed)
            .isEqualTo(cache.item(programs, wanted));
      }
    }
  }

  @Test
  void refusesOtherNumbersOfAnnouncedItems() {
    List<SuperscalarProgram> programs = RandomPrograms.ofRandomKey(new Random(1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LookaheadItemCode(programs, 0, false));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LookaheadItemCode(programs, 3, false))
        .withMessageContaining("announced=3");
  }

  /** A function of a table: the cache's address, three numbers, room for the item, the window. */
  private static byte[] function(LookaheadItemCode item) {
    List<Gpr> saved = List.of(RBX, R12, R13, R14, R15);
    Assembler asm = new Assembler();
    Label subroutine = new Label();
    saved.forEach(asm::push);
    asm.mov(RSI, RDI);
    asm.mov(RDI, Address.at(RSI));
    asm.mov(RAX, Address.at(RSI, NUMBERS));
    asm.mov(RDX, Address.at(RSI, NUMBERS + Long.BYTES));
    asm.mov(R8, Address.at(RSI, NUMBERS + 2 * Long.BYTES));
    asm.lea(RCX, Address.at(RSI, WINDOW));
    asm.call(subroutine);
    for (int i = 0; i < SuperscalarProgram.REGISTER_COUNT; i++) {
      asm.mov(Address.at(RSI, RESULT + i * Long.BYTES), Gpr.of(8 + i));
    }
    saved.reversed().forEach(asm::pop);
    asm.ret();
    asm.bind(subroutine);
    item.emit(asm);
    return asm.toByteArray();
  }
}
