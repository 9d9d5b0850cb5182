package io.p2pmining.core.randomx.itemcode;

import static io.p2pmining.core.x86.Gpr.R12;
import static io.p2pmining.core.x86.Gpr.R13;
import static io.p2pmining.core.x86.Gpr.R14;
import static io.p2pmining.core.x86.Gpr.R15;
import static io.p2pmining.core.x86.Gpr.RAX;
import static io.p2pmining.core.x86.Gpr.RBX;
import static io.p2pmining.core.x86.Gpr.RDX;
import static io.p2pmining.core.x86.Gpr.RSI;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.core.memory.ExecutableMemory;
import io.p2pmining.core.memory.NativeCall;
import io.p2pmining.core.memory.OffHeapMemory;
import io.p2pmining.core.randomx.CacheParameters;
import io.p2pmining.core.randomx.superscalar.SuperscalarOpcode;
import io.p2pmining.core.randomx.superscalar.SuperscalarProgram;
import io.p2pmining.core.x86.Address;
import io.p2pmining.core.x86.Assembler;
import io.p2pmining.core.x86.Gpr;
import io.p2pmining.core.x86.Label;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class ScalarItemCodeTest {

  private static final long SEED = System.nanoTime();
  private static final long MAX_ITEM = 0xffff_ffffL;

  private static RandomCache cache;

  private final Random random = new Random(SEED);

  @BeforeAll
  static void fillCache() {
    cache = new RandomCache(SEED);
  }

  @AfterAll
  static void freeCache() {
    cache.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void computesItemsOfRandomKeys(boolean mulx) {
    for (int repeat = 0; repeat < 10; repeat++) {
      assertComputesItems(RandomPrograms.ofRandomKey(random), mulx);
    }
  }

  @ParameterizedTest
  @EnumSource
  void executesEachInstruction(SuperscalarOpcode opcode) {
    for (int repeat = 0; repeat < 30; repeat++) {
      assertComputesItems(RandomPrograms.withMany(opcode, random), repeat % 2 == 0);
    }
  }

  private void assertComputesItems(List<SuperscalarProgram> programs, boolean mulx) {
    byte[] code = function(new ScalarItemCode(programs, mulx));
    try (ExecutableMemory memory = ExecutableMemory.allocate(code.length, "a test");
        OffHeapMemory result = OffHeapMemory.allocate(4096, "a test")) {
      memory.beginWriting();
      MemorySegment.copy(code, 0, memory.writable(), JAVA_BYTE, 0, code.length);
      memory.endWriting();
      long last = CacheParameters.DATASET_ITEMS - 1;
      for (long item : new long[] {0, 1, last, MAX_ITEM, random.nextLong(MAX_ITEM)}) {
        long rdi =
            NativeCall.call(
                memory.entry(0), cache.segment().address(), item, result.segment().address());
        assertThat(result.segment().asSlice(0, 64).toArray(JAVA_LONG))
            .as("item=%d, mulx=%b, programs=%s, seed=%d", item, mulx, programs, SEED)
            .isEqualTo(cache.item(programs, item));
        assertThat(rdi).isEqualTo(cache.segment().address());
      }
    }
  }

  /** A function of the cache's address, an item's number and the address that it is written to. */
  private static byte[] function(ScalarItemCode item) {
    List<Gpr> saved = List.of(RBX, R12, R13, R14, R15);
    Assembler asm = new Assembler();
    Label subroutine = new Label();
    saved.forEach(asm::push);
    asm.push(RDX);
    asm.mov32(RAX, RSI);
    asm.call(subroutine);
    asm.pop(RDX);
    for (int i = 0; i < SuperscalarProgram.REGISTER_COUNT; i++) {
      asm.mov(Address.at(RDX, i * Long.BYTES), Gpr.of(8 + i));
    }
    saved.reversed().forEach(asm::pop);
    asm.mov(RAX, Gpr.RDI);
    asm.ret();
    int begin = asm.length();
    asm.bind(subroutine);
    item.emit(asm);
    assertThat(asm.length() - begin).isLessThanOrEqualTo(item.maxBytes());
    return asm.toByteArray();
  }
}
