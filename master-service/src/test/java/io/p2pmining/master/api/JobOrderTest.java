package io.p2pmining.master.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.p2pmining.common.trace.TraceContext;
import io.p2pmining.common.work.Bytes;
import io.p2pmining.common.work.NonceRange;
import io.p2pmining.core.pow.PowAlgorithms;
import io.p2pmining.core.pow.Target;
import io.p2pmining.master.job.FiniteTerms;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.posting.Postings;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JobOrderTest {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final PowAlgorithms ALGORITHMS = PowAlgorithms.load();
  private static final TraceContext TRACE =
      TraceContext.parse("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01").orElseThrow();
  private static final String MAX_DIFFICULTY =
      BigInteger.TWO.pow(256).subtract(BigInteger.ONE).toString();

  /** The fields of a valid order, as JSON values. */
  private final Map<String, @Nullable String> fields =
      new TreeMap<>(
          Map.of(
              "algorithm", "\"sha256d\"",
              "blob", "\"" + "00".repeat(80) + "\"",
              "nonceOffset", "76",
              "nonceStart", "100",
              "nonceCount", "1000",
              "difficulty", "50000"));

  @Test
  void takesAJobAsItIsAskedFor() {
    fields.put("shareDifficulty", "7");
    fields.put("stopAfterShares", "3");
    fields.put("priority", "42");
    Job job = read().job("id", Instant.EPOCH, TRACE);

    assertThat(job.algorithm()).isEqualTo("sha256d");
    assertThat(job.source()).isEqualTo(Postings.SOURCE);
    assertThat(job.blob()).isEqualTo(Bytes.copyOf(new byte[80]));
    assertThat(job.nonceOffset()).isEqualTo(76);
    assertThat(job.range()).isEqualTo(new NonceRange(100, 1000));
    assertThat(job.seedHash()).isEqualTo(Bytes.EMPTY);
    assertThat(job.networkTarget()).isEqualTo(Target.forDifficulty(50_000));
    assertThat(job.finite()).isEqualTo(new FiniteTerms(42, Target.forDifficulty(7), 3));
    assertThat(job.trace()).isEqualTo(TRACE);
  }

  @Test
  void aShareIsWhatIsLookedForUnlessSaidOtherwise() {
    assertThat(read().terms())
        .isEqualTo(new FiniteTerms(FiniteTerms.DEFAULT_PRIORITY, Target.forDifficulty(50_000), 0));
  }

  @Test
  void takesATargetInsteadOfADifficulty() {
    fields.remove("difficulty");
    fields.put("target", "\"" + Target.forDifficulty(1234) + "\"");

    assertThat(read().target()).isEqualTo(Target.forDifficulty(1234));
  }

  @Test
  void takesTheKeyOfAlgorithmsThatHaveOne() {
    fields.put("algorithm", "\"rx/0\"");
    fields.put("seedHash", "\"" + "ab".repeat(32) + "\"");

    assertThat(read().seedHash()).isEqualTo(Bytes.ofHex("ab".repeat(32)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "difficulty, 1",
        "difficulty, \"50000\"",
        "blob, \"FFaa0011\"; nonceOffset, 0",
        "nonceStart, 4294967295; nonceCount, 1",
        "nonceStart, 0; nonceCount, 4294967296",
        "seedHash, null",
        "shareDifficulty, 50000",
        "priority, 1",
        "priority, 100"
      })
  void takesWhatIsJustPossible(String changes) {
    put(changes);

    assertThat(read()).isNotNull();
  }

  @Test
  void takesTheHighestDifficultyThereIs() {
    fields.put("difficulty", MAX_DIFFICULTY);

    assertThat(read().target().toLittleEndian()[0]).isEqualTo((byte) 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "algorithm, null",
        "algorithm, 7",
        "algorithm, \"rx/99\"",
        "algorithm, \"SHA256D\"",
        "blob, null",
        "blob, \"\"",
        "blob, \"000\"",
        "blob, \"zz000000\"",
        "blob, \"0x000000\"",
        "blob, \"00 0000 \"",
        "blob, \"000000\"",
        "blob, [0]",
        "nonceOffset, null",
        "nonceOffset, -1",
        "nonceOffset, 77",
        "nonceOffset, 4000000000",
        "nonceOffset, 1.5",
        "nonceOffset, \"1\"",
        "nonceStart, null",
        "nonceStart, -1",
        "nonceStart, 4294967296",
        "nonceStart, 1e3",
        "nonceCount, null",
        "nonceCount, 0",
        "nonceCount, -5",
        "nonceCount, 4294967197",
        "nonceCount, 99999999999999999999",
        "nonceCount, true",
        "difficulty, 0",
        "difficulty, -1",
        "difficulty, 1.5",
        "difficulty, 1e30",
        "difficulty, \"many\"",
        "difficulty, \"-1\"",
        "difficulty, \"1"
            + "000000000000000000000000000000000000000000000000000000000000000000000000000000\"",
        "target, \"" + "00" + "\"",
        "shareDifficulty, 0",
        "shareDifficulty, 50001",
        "shareDifficulty, {}",
        "stopAfterShares, 0",
        "stopAfterShares, -1",
        "stopAfterShares, 1000000001",
        "priority, 0",
        "priority, 101",
        "priority, \"high\"",
        "seedHash, \"" + "ab" + "\"",
        "seedhash, \"ab\"",
        "shareDificulty, 1"
      })
  void namesTheFieldThatIsWrong(String field) {
    put(field);
    String name = field.substring(0, field.indexOf(','));

    assertWrong(name.equals("target") ? "difficulty" : name);
  }

  @Test
  void namesTheBlobThatIsTooLarge() {
    fields.put("blob", "\"" + "00".repeat(JobOrder.MAX_BLOB_BYTES) + "\"");
    assertThat(read().blob().length()).isEqualTo(JobOrder.MAX_BLOB_BYTES);

    fields.put("blob", "\"" + "00".repeat(JobOrder.MAX_BLOB_BYTES + 1) + "\"");
    assertWrong("blob");
  }

  @Test
  void wantsATargetOrADifficulty() {
    fields.remove("difficulty");

    assertWrong("target");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"0000000000000000000000000000000000000000000000000000000000000000\"",
        "\"ff\"",
        "\"\"",
        "\"fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff\"",
        "\"ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff\"",
        "1"
      })
  void refusesTargetsThatAreNone(String target) {
    fields.remove("difficulty");
    fields.put("target", target);

    assertWrong("target");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"\"", "\"0\"", "\"xy\""})
  void wantsTheKeyOfAlgorithmsThatHaveOne(String seedHash) {
    fields.put("algorithm", "\"rx/0\"");
    fields.put("seedHash", seedHash);

    assertWrong("seedHash");
  }

  @Test
  void refusesKeysThatAreTooLong() {
    fields.put("algorithm", "\"rx/0\"");
    fields.put("seedHash", "\"" + "00".repeat(61) + "\"");

    assertWrong("seedHash");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "7", "null", "\"job\""})
  void wantsAnObject(String body) {
    assertThatExceptionOfType(BadParameterException.class)
        .isThrownBy(() -> new Fields(JSON.readTree(body)))
        .withMessageContaining("JSON object");
  }

  @Test
  void doesNotRepeatEverythingThatWasSent() {
    fields.put("algorithm", "\"" + "x".repeat(5000) + "\"");

    assertThatExceptionOfType(BadParameterException.class)
        .isThrownBy(this::read)
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300));
  }

  private void assertWrong(String field) {
    assertThatExceptionOfType(BadParameterException.class)
        .isThrownBy(this::read)
        .satisfies(
            e -> {
              assertThat(e.parameter()).isEqualTo(field);
              assertThat(e).hasMessageContaining(field);
            });
  }

  private void put(String changes) {
    for (String change : changes.split(";")) {
      String[] parts = change.split(",", 2);
      fields.put(parts[0].strip(), parts[1].strip());
    }
  }

  private JobOrder read() {
    StringBuilder json = new StringBuilder();
    fields.forEach(
        (name, value) ->
            json.append(json.isEmpty() ? "{" : ",").append("\"%s\":%s".formatted(name, value)));
    JsonNode body = JSON.readTree(json.append("}").toString());
    return JobOrder.read(new Fields(body), ALGORITHMS);
  }
}
