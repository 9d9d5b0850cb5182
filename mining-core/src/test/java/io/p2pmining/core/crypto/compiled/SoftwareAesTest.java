package io.p2pmining.core.crypto.compiled;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.p2pmining.core.crypto.AesRound;
import io.p2pmining.core.memory.ExecutableMemory;
import io.p2pmining.core.memory.NativeCall;
import io.p2pmining.core.x86.Address;
import io.p2pmining.core.x86.Assembler;
import io.p2pmining.core.x86.Gpr;
import io.p2pmining.core.x86.VectorOperation;
import io.p2pmining.core.x86.VectorRegister;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs rounds with every register full of random words and looks at all of them afterwards. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class SoftwareAesTest {

  /** All but RSP, and RDI, which points to the words. */
  private static final List<Gpr> GENERAL =
      List.of(
          Gpr.RAX, Gpr.RCX, Gpr.RDX, Gpr.RBX, Gpr.RBP, Gpr.RSI, Gpr.R8, Gpr.R9, Gpr.R10, Gpr.R11,
          Gpr.R12, Gpr.R13, Gpr.R14, Gpr.R15);

  private static final List<Gpr> SAVED =
      List.of(Gpr.RBX, Gpr.RBP, Gpr.R12, Gpr.R13, Gpr.R14, Gpr.R15);

  private static final int VECTORS = 16;
  private static final int SCRATCH = 12;
  private static final int WORDS = GENERAL.size() + 2 * VECTORS;

  @ParameterizedTest
  @CsvSource({"0,8", "3,11", "7,0", "15,13", "13,15"})
  void encryptsLikeTheInstruction(int state, int key) {
    long[] words = new Random(7).longs(WORDS).toArray();
    System.out.println("SoftwareAesTest: seed=7");
    long[] expected = words.clone();
    int s = GENERAL.size() + 2 * state;
    int k = GENERAL.size() + 2 * key;
    long low = AesRound.encrypt(words[s], words[s + 1]);
    long high = AesRound.encrypt(words[s + 1], words[s]);
    expected[s] = low ^ words[k];
    expected[s + 1] = high ^ words[k + 1];
    run(words, aes -> aes.encrypt(VectorRegister.xmm(state), VectorRegister.xmm(key)));
    assertThat(withoutScratch(words)).isEqualTo(withoutScratch(expected));
  }

  @ParameterizedTest
  @CsvSource({"1,8", "3,11", "7,0", "15,13", "13,15"})
  void decryptsLikeTheInstruction(int state, int key) {
    long[] words = new Random(8).longs(WORDS).toArray();
    System.out.println("SoftwareAesTest: seed=8");
    long[] expected = words.clone();
    int s = GENERAL.size() + 2 * state;
    int k = GENERAL.size() + 2 * key;
    expected[s] = AesRound.decrypt(words[s], words[s + 1]) ^ words[k];
    expected[s + 1] = AesRound.decrypt(words[s + 1], words[s]) ^ words[k + 1];
    run(words, aes -> aes.decrypt(VectorRegister.xmm(state), VectorRegister.xmm(key)));
    assertThat(withoutScratch(words)).isEqualTo(withoutScratch(expected));
  }

  @Test
  void mixesLikeTheSecondVersionOfRandomX() {
    long[] words = new Random(9).longs(WORDS).toArray();
    System.out.println("SoftwareAesTest: seed=9");
    long[] expected = words.clone();
    for (int k = 0; k < 4; k++) {
      for (int i = 0; i < 4; i++) {
        int s = GENERAL.size() + 2 * i;
        int e = GENERAL.size() + 2 * (4 + k);
        long low = expected[s];
        long high = expected[s + 1];
        boolean even = i % 2 == 0;
        expected[s] = (even ? AesRound.encrypt(low, high) : AesRound.decrypt(low, high)) ^ words[e];
        expected[s + 1] =
            (even ? AesRound.encrypt(high, low) : AesRound.decrypt(high, low)) ^ words[e + 1];
      }
    }
    run(
        words,
        aes -> {
          for (int k = 4; k < 8; k++) {
            aes.encrypt(VectorRegister.xmm(0), VectorRegister.xmm(k));
            aes.decrypt(VectorRegister.xmm(1), VectorRegister.xmm(k));
            aes.encrypt(VectorRegister.xmm(2), VectorRegister.xmm(k));
            aes.decrypt(VectorRegister.xmm(3), VectorRegister.xmm(k));
          }
        });
    assertThat(withoutScratch(words)).isEqualTo(withoutScratch(expected));
  }

  @Test
  void refusesRegistersThatItOverwrites() {
    SoftwareAes aes = new SoftwareAes(new Assembler());
    VectorRegister scratch = VectorRegister.xmm(SCRATCH);
    VectorRegister state = VectorRegister.xmm(0);
    assertThatIllegalArgumentException().isThrownBy(() -> aes.encryption(scratch));
    assertThatIllegalArgumentException().isThrownBy(() -> aes.encrypt(state, scratch));
    assertThatIllegalArgumentException().isThrownBy(() -> aes.decrypt(state, state));
  }

  private static long[] withoutScratch(long[] words) {
    long[] rest = words.clone();
    rest[GENERAL.size() + 2 * SCRATCH] = 0;
    rest[GENERAL.size() + 2 * SCRATCH + 1] = 0;
    return rest;
  }

  /** Loads the registers from the words, runs what is emitted, and stores them. */
  private static void run(long[] words, Consumer<SoftwareAes> body) {
    Assembler asm = new Assembler();
    SoftwareAes aes = new SoftwareAes(asm);
    SAVED.forEach(asm::push);
    for (int i = 0; i < VECTORS; i++) {
      asm.sse(VectorOperation.MOVDQU, VectorRegister.xmm(i), vectorWords(i));
    }
    for (int i = 0; i < GENERAL.size(); i++) {
      asm.mov(GENERAL.get(i), Address.at(Gpr.RDI, i * Long.BYTES));
    }
    body.accept(aes);
    for (int i = 0; i < GENERAL.size(); i++) {
      asm.mov(Address.at(Gpr.RDI, i * Long.BYTES), GENERAL.get(i));
    }
    for (int i = 0; i < VECTORS; i++) {
      asm.sse(VectorOperation.MOVDQU_STORE, vectorWords(i), VectorRegister.xmm(i));
    }
    SAVED.reversed().forEach(asm::pop);
    asm.ret();
    aes.emitSubroutines();
    call(asm.toByteArray(), words);
  }

  private static Address vectorWords(int vector) {
    return Address.at(Gpr.RDI, (GENERAL.size() + 2 * vector) * Long.BYTES);
  }

  private static void call(byte[] code, long[] words) {
    try (ExecutableMemory memory = ExecutableMemory.allocate(code.length, "a test");
        Arena arena = Arena.ofConfined()) {
      memory.beginWriting();
      MemorySegment.copy(code, 0, memory.writable(), JAVA_BYTE, 0, code.length);
      memory.endWriting();
      MemorySegment registers = arena.allocateFrom(JAVA_LONG, words);
      NativeCall.call(memory.entry(0), registers.address());
      MemorySegment.copy(registers, JAVA_LONG, 0, words, 0, words.length);
    }
  }
}
