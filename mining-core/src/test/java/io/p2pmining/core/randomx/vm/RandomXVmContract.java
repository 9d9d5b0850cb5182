package io.p2pmining.core.randomx.vm;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.core.crypto.Blake2b;
import io.p2pmining.core.randomx.PatternDataset;
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
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What every machine must do, whatever executes its programs. One small subclass for each. */
abstract class RandomXVmContract {

  private static final long SEED = 0x0ddba11L;
  private static final String TRACE_KEY = "test key 000";

  private static @Nullable RandomXCache sharedCache;
  private static @Nullable PatternDataset sharedDataset;

  /** The machine under test, in light mode. */
  abstract RandomXVm create(RandomXParameters parameters, RandomXCache cache);

  /** The machine under test, with a dataset of its own. */
  abstract RandomXVm create(RandomXParameters parameters, PatternDataset dataset);

  /** Both live until the tests of all machines are over. */
  private static synchronized RandomXCache cache() {
    RandomXCache cache = sharedCache;
    if (cache == null) {
      try {
        cache =
            RandomXCache.create(
                RandomXVariants.MONERO.cache(), TRACE_KEY.getBytes(US_ASCII), 2, done -> {});
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      sharedCache = cache;
    }
    return cache;
  }

  private static synchronized PatternDataset dataset() {
    PatternDataset dataset = sharedDataset;
    if (dataset == null) {
      dataset = new PatternDataset(SEED);
      sharedDataset = dataset;
    }
    return dataset;
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
    try (RandomXVm vm = create(parameters, cache())) {
      followTrace(vm, parameters, trace);
    }
  }

  private static void followTrace(RandomXVm vm, RandomXParameters parameters, JsonNode trace) {
    forEachLane(vm, lane -> vm.seed(lane, RandomXVectors.bytes(trace, "seed")));
    vm.start();
    forEachLane(
        vm,
        lane -> {
          assertThat(hex(seed(vm, lane))).isEqualTo(RandomXVectors.text(trace, "gen1_final_state"));
          assertThat(digest(scratchpad(vm, parameters, lane)))
              .isEqualTo(RandomXVectors.text(trace, "scratchpad_filled_blake2b256"));
        });
    for (JsonNode program : trace.required("programs")) {
      vm.program();
      vm.execute();
      forEachLane(
          vm,
          lane -> {
            byte[] registers = registers(vm, lane);
            assertThat(hex(registers)).isEqualTo(RandomXVectors.text(program, "regfile_after"));
            assertThat(digest(scratchpad(vm, parameters, lane)))
                .isEqualTo(RandomXVectors.text(program, "scratchpad_after_blake2b256"));
            assertThat(vm.roundingMode(lane))
                .isEqualTo(RandomXVectors.number(program, "rounding_after"));
            vm.seed(lane, Blake2b.digestOf(RandomXVm.SEED_BYTES, registers));
          });
    }
    vm.fingerprint();
    forEachLane(
        vm,
        lane -> {
          byte[] registers = registers(vm, lane);
          assertThat(hex(registers)).endsWith(RandomXVectors.text(trace, "aeshash"));
          assertThat(digest(registers)).isEqualTo(RandomXVectors.text(trace, "hash"));
        });
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
    try (RandomXVm used = create(parameters, dataset());
        RandomXVm fresh = create(parameters, dataset())) {
      byte[] first = randomBytes(random, RandomXVm.SEED_BYTES);
      forEachLane(used, lane -> used.seed(lane, first));
      used.start();
      for (int i = 0; i < 20; i++) {
        long[] buffer = randomWords(random, parameters.programBufferWords());
        forEachLane(used, lane -> used.program(lane, buffer));
        used.execute();
      }
      byte[] seed = randomBytes(random, RandomXVm.SEED_BYTES);
      long[] buffer = randomWords(random, parameters.programBufferWords());
      forEachLane(used, lane -> used.seed(lane, seed));
      forEachLane(fresh, lane -> fresh.seed(lane, seed));
      used.restart();
      fresh.start();
      assertThat(finish(used, buffer)).isEqualTo(finish(fresh, buffer));
    }
  }

  @Test
  void leavesTheFingerprintOfEachScratchpadWhenItStartsAnew() {
    RandomXParameters parameters = shortened(parameters("rx/0"), 3);
    SplittableRandom random = new SplittableRandom(SEED);
    try (RandomXVm restarted = create(parameters, dataset());
        RandomXVm ended = create(parameters, dataset())) {
      List<String> expected = new ArrayList<>();
      List<String> actual = new ArrayList<>();
      List<byte[]> seeds = new ArrayList<>();
      forEachLane(ended, lane -> seeds.add(randomBytes(random, RandomXVm.SEED_BYTES)));
      for (RandomXVm vm : List.of(restarted, ended)) {
        forEachLane(vm, lane -> vm.seed(lane, seeds.get(lane)));
        vm.start();
        vm.program();
        vm.execute();
      }
      restarted.restart();
      ended.fingerprint();
      forEachLane(ended, lane -> expected.add(hex(registers(ended, lane))));
      forEachLane(restarted, lane -> actual.add(hex(registers(restarted, lane))));
      assertThat(actual).as("seed=%x", SEED).isEqualTo(expected).doesNotHaveDuplicates();
    }
  }

  private static List<String> finish(RandomXVm vm, long[] buffer) {
    List<String> results = new ArrayList<>();
    forEachLane(vm, lane -> vm.program(lane, buffer));
    vm.execute();
    vm.fingerprint();
    forEachLane(vm, lane -> results.add(hex(registers(vm, lane)) + vm.roundingMode(lane)));
    return results;
  }

  private static void assertLanesAgree(RandomXVm vm, List<SpecificationVm> oracles, String what) {
    forEachLane(
        vm,
        lane -> {
          SpecificationVm oracle = oracles.get(lane);
          String where = what + ", lane=" + lane;
          assertThat(hex(registers(vm, lane))).as(where).isEqualTo(hex(oracle.registerFile()));
          assertThat(vm.roundingMode(lane)).as(where).isEqualTo(oracle.roundingMode());
          byte[] actual = new byte[oracle.scratchpad().length];
          vm.copyScratchpad(lane, actual);
          assertThat(actual).as(where).isEqualTo(oracle.scratchpad());
        });
  }

  private void assertExecutesRandomPrograms(RandomXParameters parameters, int programs) {
    SplittableRandom random = new SplittableRandom(SEED);
    PatternDataset dataset = dataset();
    try (RandomXVm vm = create(parameters, dataset)) {
      forEachLane(vm, lane -> vm.seed(lane, randomBytes(random, RandomXVm.SEED_BYTES)));
      vm.start();
      List<SpecificationVm> oracles = new ArrayList<>();
      forEachLane(
          vm,
          lane ->
              oracles.add(
                  new SpecificationVm(parameters, dataset, scratchpad(vm, parameters, lane))));
      for (int i = 0; i < programs; i++) {
        boolean exaggerated = i % 2 == 1;
        forEachLane(
            vm,
            lane -> {
              long[] buffer = randomWords(random, parameters.programBufferWords());
              if (exaggerated) {
                exaggerate(buffer, random);
              }
              vm.program(lane, buffer);
              oracles.get(lane).execute(buffer);
            });
        vm.execute();
        assertLanesAgree(
            vm, oracles, "%s, seed=%x, program=%d".formatted(parameters.name(), SEED, i));
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

  private static byte[] randomBytes(SplittableRandom random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private static void forEachLane(RandomXVm vm, IntConsumer action) {
    for (int lane = 0; lane < vm.lanes(); lane++) {
      action.accept(lane);
    }
  }

  private static byte[] registers(RandomXVm vm, int lane) {
    byte[] registers = new byte[RandomXVm.REGISTER_FILE_BYTES];
    vm.copyRegisterFile(lane, registers);
    return registers;
  }

  private static byte[] seed(RandomXVm vm, int lane) {
    byte[] seed = new byte[RandomXVm.SEED_BYTES];
    vm.copySeed(lane, seed);
    return seed;
  }

  private static byte[] scratchpad(RandomXVm vm, RandomXParameters parameters, int lane) {
    byte[] scratchpad = new byte[parameters.scratchpad().l3Bytes()];
    vm.copyScratchpad(lane, scratchpad);
    return scratchpad;
  }

  private static String digest(byte[] bytes) {
    return hex(Blake2b.digestOf(32, bytes));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
