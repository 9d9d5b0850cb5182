package io.p2pmining.common.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingTextTest {

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0ms",
    "PT0.5S, 500ms",
    "PT1.5S, 1500ms",
    "PT20S, 20s",
    "PT90S, 90s",
    "PT2M, 2m",
    "PT90M, 90m",
    "PT36H, 36h",
    "PT168H, 7d"
  })
  void writesDurationsAsTheyAreSet(Duration duration, String text) {
    assertThat(SettingText.of(duration)).isEqualTo(text);
  }

  /** As Spring's DataSize prints them. */
  @ParameterizedTest
  @CsvSource({"0B, 0B", "100B, 100B", "67108864B, 64MB", "1073741824B, 1GB", "1500000B, 1500000B"})
  void writesSizesAsTheyAreSet(String bytes, String text) {
    assertThat(SettingText.of(bytes)).isEqualTo(text);
  }

  @Test
  void writesWhatIsNotThereAsNone() {
    assertThat(SettingText.of(null)).isEqualTo("none");
    assertThat(SettingText.of("")).isEqualTo("none");
    assertThat(SettingText.of(List.of())).isEqualTo("none");
  }

  @Test
  void writesConstantsInLowerCase() {
    assertThat(SettingText.of(TimeUnit.SECONDS)).isEqualTo("seconds");
  }

  @ParameterizedTest
  @CsvSource({
    "http://user:pass@host:1, http://host:1",
    "user:pass@host:1, host:1",
    "https://user:p@ss:w@host:1/path, https://host:1/path",
    "http://host:1, http://host:1"
  })
  void leavesLoginsOut(String address, String text) {
    assertThat(SettingText.of(address)).isEqualTo(text);
  }
}
