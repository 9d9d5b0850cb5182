package io.p2pmining.cli.tune;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.cli.CommandRun;
import io.p2pmining.core.tuning.TuningStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(120)
class TuneCommandTest {

  @TempDir Path data;

  private CommandRun tune(String... options) {
    String[] args = new String[options.length + 3];
    System.arraycopy(new String[] {"tune", "--data", data.toString()}, 0, args, 0, 3);
    System.arraycopy(options, 0, args, 3, options.length);
    return CommandRun.of(args);
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere there may be nothing to tune")
  void printsWhatWasTriedAndKeepsTheBest() throws Exception {
    CommandRun run = tune("--algorithm", "sha256d", "--seconds", "5");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out())
        .startsWith("sha256d, light mode, jvm instructions")
        .containsPattern(
            "tried +threads +lanes +prefetch +affinity +scratchpads +H/s +spread +verdict")
        .containsPattern("affinity +\\d+ +1  auto +[0-9,-]+ +auto +\\d+\\.\\d\\d +\\d+\\.\\d %")
        .contains("best  ")
        .endsWith("stored in " + data.resolve("tuning.json") + System.lineSeparator());
    assertThat(run.err()).as("progress").contains("affinity").contains("auto");
    assertThat(Files.readString(data.resolve(TuningStore.NAME)))
        .contains("\"algorithm\": \"sha256d\"")
        .contains("\"fixed\": \"\"");
  }

  @Test
  void printsJsonOfALightMode() {
    CommandRun run = tune("--algorithm", "rx/0", "--mode", "light", "--seconds", "3", "--json");

    assertThat(run.status()).as(run.err()).isZero();
    JsonNode json = JsonMapper.shared().readTree(run.out());
    assertThat(json.propertyNames())
        .containsExactly(
            "cpu",
            "processors",
            "version",
            "algorithm",
            "mode",
            "instructions",
            "pages",
            "seconds",
            "complete",
            "gain",
            "stored",
            "best",
            "trials");
    assertThat(json.get("mode").asString()).isEqualTo("light");
    assertThat(json.get("seconds").asDouble()).isPositive();
    assertThat(json.get("best").propertyNames())
        .containsExactly(
            "aspect",
            "threads",
            "lanes",
            "prefetch",
            "affinity",
            "scratchpads",
            "hashesPerSecond",
            "spread",
            "rounds",
            "verdict");
    boolean stored = Files.exists(data.resolve(TuningStore.NAME));
    assertThat(stored).as("whatever time allowed").isEqualTo(json.get("complete").asBoolean());
    assertThat(json.get("stored").asString().isEmpty()).isNotEqualTo(stored);
  }

  @ParameterizedTest
  @CsvSource({
    "--mode, full, sha256d has no full mode",
    "--seconds, 0, is not a number of seconds above 0",
    "--algorithm, rx/9, is not an algorithm known here",
  })
  void refusesWhatMakesNoSense(String option, String value, String reason) {
    CommandRun run =
        option.equals("--algorithm")
            ? tune(option, value)
            : tune("--algorithm", "sha256d", option, value);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errLines().getFirst()).contains(reason);
    assertThat(data).isEmptyDirectory();
  }
}
