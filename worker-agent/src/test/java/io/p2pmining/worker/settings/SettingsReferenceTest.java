package io.p2pmining.worker.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The reference of settings, docs/settings.md, says what the program does. */
class SettingsReferenceTest {

  /** What the reference says of this service; the rest is another's, or the framework's. */
  private static final Predicate<String> OWN =
      Pattern.compile("p2pmine\\.(worker\\..+|data-dir|log\\..+)").asMatchPredicate();

  private Map<String, DescribedSetting> described = Map.of();
  private Map<String, DocumentedSetting> documented = Map.of();

  @BeforeEach
  void read() throws Exception {
    described = DescribedSetting.all();
    documented = DocumentedSetting.all();
  }

  @Test
  void namesEverySettingAndNoOther() {
    assertThat(documented.keySet().stream().filter(OWN))
        .as("the lines of docs/settings.md, | `name` | default | values | live | what |")
        .containsExactlyInAnyOrderElementsOf(described.keySet());
  }

  @Test
  void saysTheDefaults() {
    List<String> wrong =
        described.values().stream()
            .filter(setting -> documented.containsKey(setting.name()))
            .filter(setting -> !documented.get(setting.name()).hasDefault(setting.defaultValue()))
            .map(setting -> setting.name() + " is `" + setting.defaultValue() + "` by default")
            .toList();

    assertThat(wrong).isEmpty();
  }

  @Test
  void saysWhatTakesEffectWithoutARestart() {
    List<String> wrong =
        described.values().stream()
            .filter(setting -> documented.containsKey(setting.name()))
            .filter(setting -> documented.get(setting.name()).live() != setting.live())
            .map(setting -> setting.name() + (setting.live() ? " is live" : " is not live"))
            .toList();

    assertThat(wrong).isEmpty();
  }
}
