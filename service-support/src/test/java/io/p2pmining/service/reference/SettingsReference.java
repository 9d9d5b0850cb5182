package io.p2pmining.service.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The reference of settings, docs/settings.md, says what a service does. The service's own test
 * says which lines of it are the service's.
 */
public abstract class SettingsReference {

  private final Predicate<String> own;
  private Map<String, DescribedSetting> described = Map.of();
  private Map<String, DocumentedSetting> documented = Map.of();

  /**
   * @param own what the reference says of this service; the rest is another's, or the framework's
   */
  protected SettingsReference(Pattern own) {
    this.own = own.asMatchPredicate();
  }

  @BeforeEach
  void read() throws Exception {
    described = DescribedSetting.all();
    documented = DocumentedSetting.all();
  }

  @Test
  void namesEverySettingAndNoOther() {
    assertThat(documented.keySet().stream().filter(own))
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

  /** The lines that say another range of values than a setting has, if it is known which. */
  protected final List<String> otherValuesThan(
      Function<DescribedSetting, Optional<String>> allowed) {
    return described.values().stream()
        .filter(setting -> documented.containsKey(setting.name()))
        .filter(
            setting ->
                allowed
                    .apply(setting)
                    .filter(values -> !values.equals(documented.get(setting.name()).values()))
                    .isPresent())
        .map(setting -> setting.name() + " is " + allowed.apply(setting).orElseThrow())
        .toList();
  }
}
