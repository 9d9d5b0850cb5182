package io.p2pmining.core.randomx.vm;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.core.crypto.Blake2b;
import io.p2pmining.core.crypto.LittleEndian;
import io.p2pmining.core.randomx.DatasetItems;
import io.p2pmining.core.randomx.RandomXCache;
import io.p2pmining.core.randomx.RandomXParameters;
import io.p2pmining.core.randomx.RandomXVariants;
import io.p2pmining.core.randomx.RandomXVectors;
import io.p2pmining.core.randomx.program.InstructionFrequencies;
import io.p2pmining.core.randomx.program.Opcode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What every machine must do, whatever executes its programs. One small subclass for each. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RandomXVmContract {

  private static final long SEED = 0x0ddba11L;
  private static final String TRACE_KEY = "test key 000";

  private RandomXCache cache;

  /** The machine under test. */
  abstract RandomXVm create(RandomXParameters parameters, DatasetItems dataset);

  @BeforeAll
  void computeCache() throws InterruptedException {
    cache =
        RandomXCache.create(
            RandomXVariants.MONERO.cache(), TRACE_KEY.getBytes(US_ASCII), 2, done -> {});
  }

  @AfterAll
  void freeCache() {
    cache.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rx/0", "rx/2"})
  void followsTheTraceProgramByProgram(String algorithm) {
    JsonNode trace =
        RandomXVectors.root()
            .at("/intermediate/trace")
            .valueStream()
            .filter(node -> RandomXVectors.text(node, "algo").equals(algorithm))
            .findFirst()
            .orElseThrow();
    assertThat(RandomXVectors.text(trace, "key")).isEqualTo(TRACE_KEY);
    RandomXParameters parameters = parameters(algorithm);
    byte[] scratchpad = new byte[parameters.scratchpad().l3Bytes()];
    byte[] registers = new byte[RandomXVm.REGISTER_FILE_BYTES];
    long[] state = words(RandomXVectors.bytes(trace, "seed"));
    try (RandomXVm vm = create(parameters, cache.items())) {
      vm.start(state);
      assertThat(state).isEqualTo(words(RandomXVectors.bytes(trace, "gen1_final_state")));
      vm.copyScratchpad(scratchpad);
      assertThat(digest(scratchpad))
          .isEqualTo(RandomXVectors.text(trace, "scratchpad_filled_blake2b256"));

      long[] buffer = new long[parameters.programBufferWords()];
      for (JsonNode program : trace.required("programs")) {
        parameters.programGenerator().generate(state, buffer);
        assertThat(buffer).startsWith(words(RandomXVectors.bytes(program, "entropy128")));
        vm.execute(buffer);
        vm.storeRegisterFile(registers);
        assertThat(hex(registers)).isEqualTo(RandomXVectors.text(program, "regfile_after"));
        vm.copyScratchpad(scratchpad);
        assertThat(digest(scratchpad))
            .isEqualTo(RandomXVectors.text(program, "scratchpad_after_blake2b256"));
        assertThat(vm.roundingMode()).isEqualTo(RandomXVectors.number(program, "rounding_after"));
        state = words(Blake2b.digestOf(64, registers));
      }
      vm.storeFingerprint(registers);
      assertThat(hex(registers)).endsWith(RandomXVectors.text(trace, "aeshash"));
      assertThat(digest(registers)).isEqualTo(RandomXVectors.text(trace, "hash"));
    }
  }

  static Stream<RandomXParameters> variantsAndStrangeOnes() {
    List<RandomXParameters> all = new ArrayList<>(RandomXVariants.all());
    all.add(with(RandomXVariants.MONERO, evenFrequencies()));
    all.add(with(RandomXVariants.MONERO_V2, evenFrequencies()));
    all.add(with(RandomXVariants.MONERO, only(Opcode.CBRANCH, Opcode.CFROUND, Opcode.FADD_M)));
    all.add(with(RandomXVariants.MONERO, only(Opcode.CFROUND, Opcode.FSCAL_R, Opcode.FSUB_M)));
    all.add(with(RandomXVariants.MONERO, only(Opcode.FMUL_R, Opcode.FDIV_M, Opcode.CFROUND)));
    all.add(with(RandomXVariants.MONERO, only(Opcode.ISWAP_R, Opcode.CBRANCH, Opcode.IMUL_RCP)));
    all.add(with(RandomXVariants.MONERO, only(Opcode.NOP, Opcode.ISTORE, Opcode.IADD_M)));
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("variantsAndStrangeOnes")
  void executesRandomProgramsAsTheSpecificationReads(RandomXParameters parameters) {
    assertExecutesRandomPrograms(shortened(parameters, 6), 4);
  }

  @Tag("full")
  @ParameterizedTest
  @MethodSource("variantsAndStrangeOnes")
  void executesManyRandomProgramsAsTheSpecificationReads(RandomXParameters parameters) {
    assertExecutesRandomPrograms(shortened(parameters, 40), 60);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rx/0", "rx/2"})
  void startsEachHashAnew(String algorithm) {
    RandomXParameters parameters = shortened(parameters(algorithm), 50);
    SplittableRandom random = new SplittableRandom(SEED);
    try (RandomXVm used = create(parameters, RandomXVmContract::synthesize);
        RandomXVm fresh = create(parameters, RandomXVmContract::synthesize)) {
      used.start(randomWords(random, 8));
      for (int i = 0; i < 20; i++) {
        used.execute(randomWords(random, parameters.programBufferWords()));
      }
      long[] state = randomWords(random, 8);
      long[] buffer = randomWords(random, parameters.programBufferWords());
      assertThat(finish(used, state.clone(), buffer))
          .isEqualTo(finish(fresh, state.clone(), buffer));
    }
  }

  private static String finish(RandomXVm vm, long[] state, long[] buffer) {
    byte[] registers = new byte[RandomXVm.REGISTER_FILE_BYTES];
    vm.start(state);
    vm.execute(buffer);
    vm.storeRegisterFile(registers);
    vm.storeFingerprint(registers);
    return hex(registers) + vm.roundingMode();
  }

  private void assertExecutesRandomPrograms(RandomXParameters parameters, int programs) {
    SplittableRandom random = new SplittableRandom(SEED);
    byte[] actual = new byte[parameters.scratchpad().l3Bytes()];
    byte[] expected = new byte[parameters.scratchpad().l3Bytes()];
    byte[] registers = new byte[RandomXVm.REGISTER_FILE_BYTES];
    try (RandomXVm vm = create(parameters, RandomXVmContract::synthesize)) {
      vm.start(randomWords(random, 8));
      vm.copyScratchpad(expected);
      SpecificationVm oracle =
          new SpecificationVm(parameters, RandomXVmContract::synthesize, expected);
      for (int i = 0; i < programs; i++) {
        long[] buffer = randomWords(random, parameters.programBufferWords());
        if (i % 2 == 1) {
          exaggerate(buffer, random);
        }
        vm.execute(buffer);
        oracle.execute(buffer);
        vm.storeRegisterFile(registers);
        vm.copyScratchpad(actual);
        String what = "%s, seed=%x, program=%d".formatted(parameters.name(), SEED, i);
        assertThat(hex(registers)).as(what).isEqualTo(hex(oracle.registerFile()));
        assertThat(vm.roundingMode()).as(what).isEqualTo(oracle.roundingMode());
        assertThat(actual).as(what).isEqualTo(expected);
      }
    }
  }

  /** Sets configuration words to their ends, where fields have their first and last values. */
  private static void exaggerate(long[] buffer, SplittableRandom random) {
    for (int word = 0; word < 16; word++) {
      switch (random.nextInt(4)) {
        case 0 -> buffer[word] = 0;
        case 1 -> buffer[word] = -1;
        default -> {}
      }
    }
  }

  /** A dataset that needs no memory. */
  private static void synthesize(int item, long[] registers) {
    assertThat(item).isBetween(0, 34_078_718);
    SplittableRandom random = new SplittableRandom(item);
    for (int i = 0; i < 8; i++) {
      registers[i] ^= random.nextLong();
    }
  }

  private static RandomXParameters parameters(String algorithm) {
    return RandomXVariants.all().stream()
        .filter(parameters -> parameters.name().equals(algorithm))
        .findFirst()
        .orElseThrow();
  }

  private static RandomXParameters shortened(RandomXParameters p, int iterations) {
    return new RandomXParameters(
        p.name(),
        p.version(),
        p.cache(),
        p.programGenerator(),
        p.programSize(),
        iterations,
        p.programCount(),
        p.scratchpad(),
        p.frequencies());
  }

  private static RandomXParameters with(RandomXParameters p, InstructionFrequencies frequencies) {
    return new RandomXParameters(
        p.name() + frequencies,
        p.version(),
        p.cache(),
        p.programGenerator(),
        p.programSize(),
        p.programIterations(),
        p.programCount(),
        p.scratchpad(),
        frequencies);
  }

  private static InstructionFrequencies evenFrequencies() {
    return only(Opcode.values());
  }

  /** Shares the opcode bytes out among some instructions, the last one takes what is left. */
  private static InstructionFrequencies only(Opcode... chosen) {
    Map<Opcode, Integer> counts = new EnumMap<>(Opcode.class);
    for (Opcode opcode : Opcode.values()) {
      counts.put(opcode, 0);
    }
    int share = 256 / chosen.length;
    for (Opcode opcode : chosen) {
      counts.put(opcode, share);
    }
    counts.merge(chosen[chosen.length - 1], 256 - share * chosen.length, Integer::sum);
    return InstructionFrequencies.STANDARD.with(counts);
  }

  private static long[] randomWords(SplittableRandom random, int count) {
    return random.longs(count).toArray();
  }

  private static long[] words(byte[] bytes) {
    long[] words = new long[bytes.length / Long.BYTES];
    for (int i = 0; i < words.length; i++) {
      words[i] = LittleEndian.getLong(bytes, i * Long.BYTES);
    }
    return words;
  }

  private static String digest(byte[] bytes) {
    return hex(Blake2b.digestOf(32, bytes));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
