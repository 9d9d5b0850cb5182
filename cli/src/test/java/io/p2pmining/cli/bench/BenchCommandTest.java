package io.p2pmining.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.p2pmining.cli.CommandRun;
import io.p2pmining.core.cpu.CpuFeatures;
import io.p2pmining.core.cpu.CpuSet;
import io.p2pmining.core.cpu.ThreadAffinity;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BenchCommandTest {

  private static final int NONCES = 5000;

  @Test
  void printsExactlyTheseJsonFieldsInThisOrder() {
    JsonNode json = json("--nonces", "10", "--threads", "1");

    assertThat(json.propertyNames())
        .containsExactly(
            "algorithm",
            "mode",
            "engine",
            "threads",
            "pages",
            "cacheInitSeconds",
            "datasetInitSeconds",
            "seconds",
            "hashes",
            "hashesPerSecond",
            "checksum",
            "lanes",
            "instructions",
            "affinity",
            "tables",
            "msr",
            "prefetch");
    assertThat(json.get("tables").asInt()).isEqualTo(1);
    assertThat(json.get("prefetch").asString()).isEqualTo("auto");
    assertThat(json.get("msr").asString()).isEqualTo("off");
    assertThat(json.get("algorithm").asString()).isEqualTo("sha256d");
    assertThat(json.get("mode").asString()).isEqualTo("light");
    assertThat(json.get("engine").asString()).isEqualTo("java");
    assertThat(json.get("threads").asInt()).isEqualTo(1);
    assertThat(json.get("lanes").asInt()).isEqualTo(1);
    assertThat(json.get("instructions").asString()).isEqualTo("jvm");
    assertThat(json.get("hashes").asLong()).isEqualTo(10);
    assertThat(json.get("seconds").asDouble()).isPositive();
    assertThat(json.get("hashesPerSecond").asDouble())
        .isCloseTo(10 / json.get("seconds").asDouble(), Percentage.withPercentage(1));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void checksumIsTheOneOfAllNoncesWhateverTheThreads(int threads) throws Exception {
    JsonNode json = json("--nonces", "" + NONCES, "--threads", "" + threads);

    assertThat(json.get("hashes").asLong()).isEqualTo(NONCES);
    assertThat(json.get("checksum").asString()).isEqualTo(checksumByTheDefinition(NONCES));
  }

  @Test
  void stopsAfterTheTime() {
    JsonNode json = json("--seconds", "0.3", "--threads", "2");

    assertThat(json.get("seconds").asDouble()).isBetween(0.3, 10.0);
    assertThat(json.get("hashes").asLong()).isPositive();
  }

  @Test
  void printsTextWithoutJson() {
    CommandRun run = CommandRun.of("bench", "--algorithm", "sha256d", "--nonces", "3");

    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("sha256d, light mode, java").contains("3 hashes");
  }

  @ParameterizedTest
  @CsvSource({
    "--threads, 0, is not a whole number from 1",
    "--threads, two, is not a whole number from 1",
    "--seconds, 0, is not a number of seconds above 0",
    "--seconds, NaN, is not a number of seconds above 0",
    "--nonces, 0, is not a whole number from 1 to 4294967296",
    "--nonces, 4294967297, is not a whole number from 1 to 4294967296",
    "--mode, full, sha256d has no full mode",
    "--mode, heavy, 'heavy'",
    "--engine, turbo, 'turbo'",
    "--interleave, 0, is not 1 to 4 or auto",
    "--interleave, 5, is not 1 to 4 or auto",
    "--interleave, two, is not 1 to 4 or auto",
    "--prefetch, later, 'is none of auto, at-once, walk-first'",
    "--pages, 3m, 'is none of auto, 1g, 2m, thp, 4k'",
    "--instructions, sse9, 'is none of auto, avx512, avx2, none, no-aes'",
    "--numa, 2, '2'",
    "--msr, on, 'on'",
    "--affinity, on, 'must be auto, off or processors such as 0-3,8'",
  })
  void refusesWhatMakesNoSense(String option, String value, String reason) {
    CommandRun run = CommandRun.of("bench", "--algorithm", "sha256d", option, value);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.errLines()).hasSize(2);
    assertThat(run.errLines().getFirst()).contains(option).contains(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"compiler", "interpreter"})
  void refusesAnEngineThatTheAlgorithmDoesNotHave(String engine) {
    CommandRun run =
        CommandRun.of("bench", "--algorithm", "sha256d", "--nonces", "1", "--engine", engine);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errLines())
        .containsExactly(
            "p2pmine bench: sha256d has no %1$s; leave out --engine %1$s".formatted(engine));
  }

  @Test
  void saysWhyPrefetchersStayAsTheyAreAndGoesOn() {
    assumeThat(CpuFeatures.detect().virtualized()).isTrue();
    CommandRun run =
        CommandRun.of(
            "bench", "--json", "--algorithm", "sha256d", "--nonces", "3", "--msr", "auto");
    assertThat(run.status()).isZero();
    assertThat(run.errLines())
        .containsExactly(
            "prefetchers stay as they are: in a virtual machine they are not the processor's own");
    assertThat(run.out()).contains("\"msr\" : \"off\"");
  }

  @Test
  void bindsNoThreadWhenAffinityIsOff() {
    JsonNode json = json("--nonces", "10", "--threads", "1", "--affinity", "off");

    assertThat(json.get("affinity").asString()).isEqualTo("off");
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "threads are bound on Linux alone")
  void bindsOneThreadToEachProcessorThatIsNamed() {
    String cpu = "" + ThreadAffinity.allowed().orElseThrow().toList().getLast();

    JsonNode json = json("--nonces", "10", "--affinity", cpu);

    assertThat(json.get("affinity").asString()).isEqualTo(cpu);
    assertThat(json.get("threads").asInt()).isEqualTo(1);
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "threads are bound on Linux alone")
  void bindsThreadsByDefault() {
    JsonNode json = json("--nonces", "10", "--threads", "1");

    CpuSet bound = CpuSet.parse(json.get("affinity").asString());
    assertThat(bound.size()).isEqualTo(1);
    assertThat(bound.and(ThreadAffinity.allowed().orElseThrow())).isEqualTo(bound);
  }

  @Test
  void refusesTwoLimits() {
    CommandRun run =
        CommandRun.of("bench", "--algorithm", "sha256d", "--seconds", "1", "--nonces", "1");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errLines().getFirst()).endsWith("--seconds and --nonces exclude each other");
  }

  private static JsonNode json(String... options) {
    String[] args = new String[options.length + 4];
    System.arraycopy(new String[] {"bench", "--json", "--algorithm", "sha256d"}, 0, args, 0, 4);
    System.arraycopy(options, 0, args, 4, options.length);
    CommandRun run = CommandRun.of(args);
    assertThat(run.status()).as(run.err()).isZero();
    return JsonMapper.shared().readTree(run.out());
  }

  /**
   * XOR of the last eight bytes, little-endian, of the hash of 112 zero bytes with a nonce at 39.
   */
  private static String checksumByTheDefinition(int nonces) throws Exception {
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    ByteBuffer blob = ByteBuffer.allocate(112).order(ByteOrder.LITTLE_ENDIAN);
    long checksum = 0;
    for (int nonce = 0; nonce < nonces; nonce++) {
      byte[] hash = sha256.digest(sha256.digest(blob.putInt(39, nonce).array()));
      checksum ^= ByteBuffer.wrap(hash).order(ByteOrder.LITTLE_ENDIAN).getLong(24);
    }
    return "%016x".formatted(checksum);
  }
}
