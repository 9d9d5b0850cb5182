package io.p2pmining.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.cli.CommandRun;
import io.p2pmining.core.pow.CompilerPolicy;
import io.p2pmining.core.pow.EngineSettings;
import io.p2pmining.core.pow.Hasher;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.core.pow.PowAlgorithms;
import io.p2pmining.core.pow.Preparation;
import io.p2pmining.core.pow.PreparedSeed;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RandomXBenchCommandTest {

  /** The proofs by which all is judged are the interpreter's. */
  @ParameterizedTest
  @CsvSource({
    "rx/0, 5, 1, --engine=auto --interleave=4 --pages=4k",
    "rx/2, 3, 2, --engine=auto --interleave=2 --instructions=none",
    "rx/2, 2, 2, --engine=interpreter",
  })
  void xorsTheEndsOfTheProofsHoweverTheyAreComputed(
      String algorithm, int nonces, int threads, String options) throws InterruptedException {
    JsonNode json = bench(algorithm, nonces, threads, options.split(" "));

    assertThat(json.get("hashes").asLong()).isEqualTo(nonces);
    assertThat(json.get("checksum").asString()).isEqualTo(checksumByHand(algorithm, nonces));
    assertThat(json.get("cacheInitSeconds").asDouble()).isPositive();
    assertThat(json.get("datasetInitSeconds").asDouble()).isZero();
  }

  @Test
  @EnabledIfSystemProperty(
      named = "os.arch",
      matches = "amd64|x86_64",
      disabledReason = "the compiler knows x86-64")
  void saysWhatItUsed() {
    JsonNode json =
        bench(
            "rx/0",
            1,
            1,
            "--engine=compiler",
            "--interleave=3",
            "--instructions=no-aes",
            "--pages=4k");

    assertThat(json.get("engine").asString()).isEqualTo("compiler");
    assertThat(json.get("lanes").asInt()).isEqualTo(3);
    assertThat(json.get("instructions").asString()).isEqualTo("no-aes");
    assertThat(json.get("pages").asString()).isEqualTo("4k");
  }

  @Test
  void saysWhenTheInterpreterHashes() {
    JsonNode json = bench("rx/0", 1, 1, "--engine=interpreter", "--interleave=4");

    assertThat(json.get("engine").asString()).isEqualTo("interpreter");
    assertThat(json.get("lanes").asInt()).isEqualTo(1);
    assertThat(json.get("instructions").asString()).isEqualTo("jvm");
  }

  private static String checksumByHand(String algorithm, int nonces) throws InterruptedException {
    Preparation preparation =
        Preparation.onThreads(2).withEngine(EngineSettings.AUTO.withCompiler(CompilerPolicy.OFF));
    PowAlgorithm found = PowAlgorithms.load().find(algorithm).orElseThrow();
    byte[] proof = new byte[Hasher.HASH_LENGTH];
    long checksum = 0;
    try (PreparedSeed seed = found.prepare(new byte[32], HashingMode.LIGHT, preparation);
        Hasher hasher = seed.newHasher()) {
      for (int nonce = 0; nonce < nonces; nonce++) {
        byte[] blob =
            ByteBuffer.allocate(112).order(ByteOrder.LITTLE_ENDIAN).putInt(39, nonce).array();
        hasher.hash(blob, blob.length, proof);
        hasher.proof(blob, blob.length, proof, proof);
        checksum ^= ByteBuffer.wrap(proof).order(ByteOrder.LITTLE_ENDIAN).getLong(24);
      }
    }
    return "%016x".formatted(checksum);
  }

  @Tag("full")
  @ParameterizedTest
  @CsvSource({
    "rx/0, 4a597463865acf0e",
    "rx/2, 57d2051d099613a4",
    "rx/wow, 6b0918757100b338",
  })
  void agreesWithXmrigOverTenThousandNonces(String algorithm, String checksum) {
    assertThat(bench(algorithm, 10_000, 2).get("checksum").asString()).isEqualTo(checksum);
  }

  private static JsonNode bench(
      String algorithm, int nonces, int threads, String... furtherOptions) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "bench",
                "--json",
                "--algorithm=" + algorithm,
                "--nonces=" + nonces,
                "--threads=" + threads));
    words.addAll(List.of(furtherOptions));
    CommandRun run = CommandRun.of(words.toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isZero();
    return JsonMapper.shared().readTree(run.out());
  }
}
