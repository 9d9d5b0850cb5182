package io.p2pmining.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.cli.CommandRun;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RandomXBenchCommandTest {

  private static final String KEY = "00".repeat(32);

  @Test
  void xorsTheEndsOfTheCommitmentsWhateverTheThreads() {
    long expected = 0;
    for (int nonce = 0; nonce < 3; nonce++) {
      byte[] blob =
          ByteBuffer.allocate(112).order(ByteOrder.LITTLE_ENDIAN).putInt(39, nonce).array();
      String input = HexFormat.of().formatHex(blob);
      CommandRun hash =
          CommandRun.of("hash", "--algorithm=rx/2", "--key=" + KEY, "--input=" + input);
      byte[] commitment = HexFormat.of().parseHex(hash.outLines().getFirst().split(" ")[1]);
      expected ^= ByteBuffer.wrap(commitment).order(ByteOrder.LITTLE_ENDIAN).getLong(24);
    }

    JsonNode json = bench("rx/2", 3, 2);

    assertThat(json.get("checksum").asString()).isEqualTo("%016x".formatted(expected));
    assertThat(json.get("engine").asString()).isEqualTo("interpreter");
    assertThat(json.get("cacheInitSeconds").asDouble()).isPositive();
    assertThat(json.get("datasetInitSeconds").asDouble()).isZero();
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

  private static JsonNode bench(String algorithm, int nonces, int threads) {
    CommandRun run =
        CommandRun.of(
            "bench",
            "--json",
            "--algorithm=" + algorithm,
            "--nonces=" + nonces,
            "--threads=" + threads);
    assertThat(run.status()).as(run.err()).isZero();
    return JsonMapper.shared().readTree(run.out());
  }
}
