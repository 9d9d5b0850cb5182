package io.p2pmining.core.randomx.vm;

import static io.p2pmining.core.randomx.StrangeParameters.shortened;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.core.crypto.AesGenerator1R;
import io.p2pmining.core.crypto.Blake2b;
import io.p2pmining.core.crypto.LittleEndian;
import io.p2pmining.core.randomx.PatternDataset;
import io.p2pmining.core.randomx.RandomXCache;
import io.p2pmining.core.randomx.RandomXParameters;
import io.p2pmining.core.randomx.RandomXVariants;
import io.p2pmining.core.randomx.RandomXVectors;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import java.util.zip.CRC32C;
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

  private static final Map<OracleKey, List<Outcome>> EXPECTED = new ConcurrentHashMap<>();

  /** The machine under test, in light mode. */
  abstract RandomXVm create(RandomXParameters parameters, RandomXCache cache);

  /** The machine under test, with a dataset of its own. */
  abstract RandomXVm create(RandomXParameters parameters, PatternDataset dataset);

  /** Made when it is first needed; lives until the tests of all machines are over. */
  private static final class SharedCache {
    static final RandomXCache CACHE = create();

    private static RandomXCache create() {
      try {
        return RandomXCache.create(
            RandomXVariants.MONERO.cache(), TRACE_KEY.getBytes(US_ASCII), 2, done -> {});
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Programs that lane after lane are the same for every machine. */
  private record OracleKey(RandomXParameters parameters, int programs, int lane) {}

  /** What a program leaves; the scratchpad as its CRC-32C. */
  private record Outcome(String registers, int roundingMode, long scratchpad) {}

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
    try (RandomXVm vm = create(parameters, SharedCache.CACHE)) {
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

  @ParameterizedTest
  @MethodSource("io.p2pmining.core.randomx.StrangeParameters#variantsAndStrangeOnes")
  void executesRandomProgramsAsTheSpecificationReads(RandomXParameters parameters) {
    assertExecutesRandomPrograms(shortened(parameters, 6), 4);
  }

  @Tag("full")
  @ParameterizedTest
  @MethodSource("io.p2pmining.core.randomx.StrangeParameters#variantsAndStrangeOnes")
  void executesManyRandomProgramsAsTheSpecificationReads(RandomXParameters parameters) {
    assertExecutesRandomPrograms(shortened(parameters, 40), 60);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rx/0", "rx/2"})
  void startsEachHashAnew(String algorithm) {
    RandomXParameters parameters = shortened(parameters(algorithm), 50);
    SplittableRandom random = new SplittableRandom(SEED);
    try (RandomXVm used = create(parameters, PatternDataset.shared());
        RandomXVm fresh = create(parameters, PatternDataset.shared())) {
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
    try (RandomXVm restarted = create(parameters, PatternDataset.shared());
        RandomXVm ended = create(parameters, PatternDataset.shared())) {
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

  private void assertExecutesRandomPrograms(RandomXParameters parameters, int programs) {
    try (RandomXVm vm = create(parameters, PatternDataset.shared())) {
      List<SplittableRandom> randoms = new ArrayList<>();
      forEachLane(vm, lane -> randoms.add(new SplittableRandom(SEED + lane)));
      forEachLane(vm, lane -> vm.seed(lane, randomBytes(randoms.get(lane), RandomXVm.SEED_BYTES)));
      vm.start();
      for (int i = 0; i < programs; i++) {
        int program = i;
        forEachLane(
            vm, lane -> vm.program(lane, nextProgram(parameters, program, randoms.get(lane))));
        vm.execute();
        forEachLane(
            vm,
            lane ->
                assertThat(outcome(vm, parameters, lane))
                    .as("%s, lane=%d, program=%d", parameters.name(), lane, program)
                    .isEqualTo(expected(parameters, programs, lane).get(program)));
      }
    }
  }

  private static Outcome outcome(RandomXVm vm, RandomXParameters parameters, int lane) {
    return new Outcome(
        hex(registers(vm, lane)), vm.roundingMode(lane), crc(scratchpad(vm, parameters, lane)));
  }

  private static List<Outcome> expected(RandomXParameters parameters, int programs, int lane) {
    return Objects.requireNonNull(
        EXPECTED.computeIfAbsent(
            new OracleKey(parameters, programs, lane), RandomXVmContract::execute));
  }

  private static List<Outcome> execute(OracleKey key) {
    RandomXParameters parameters = key.parameters;
    SplittableRandom random = new SplittableRandom(SEED + key.lane);
    byte[] scratchpad = filled(randomBytes(random, RandomXVm.SEED_BYTES), parameters);
    SpecificationVm oracle = new SpecificationVm(parameters, PatternDataset.shared(), scratchpad);
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < key.programs; i++) {
      oracle.execute(nextProgram(parameters, i, random));
      outcomes.add(new Outcome(hex(oracle.registerFile()), oracle.roundingMode(), crc(scratchpad)));
    }
    return outcomes;
  }

  private static byte[] filled(byte[] seed, RandomXParameters parameters) {
    long[] state = new long[AesGenerator1R.STATE_WORDS];
    for (int i = 0; i < state.length; i++) {
      state[i] = LittleEndian.getLong(seed, i * Long.BYTES);
    }
    long[] words = new long[parameters.scratchpad().l3Bytes() / Long.BYTES];
    AesGenerator1R.generate(state, words);
    byte[] scratchpad = new byte[parameters.scratchpad().l3Bytes()];
    for (int i = 0; i < words.length; i++) {
      LittleEndian.putLong(scratchpad, i * Long.BYTES, words[i]);
    }
    return scratchpad;
  }

  private static long[] nextProgram(
      RandomXParameters parameters, int index, SplittableRandom random) {
    long[] buffer = randomWords(random, parameters.programBufferWords());
    if (index % 2 == 1) {
      exaggerate(buffer, random);
    }
    return buffer;
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

  private static long crc(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return crc.getValue();
  }

  private static String digest(byte[] bytes) {
    return hex(Blake2b.digestOf(32, bytes));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
