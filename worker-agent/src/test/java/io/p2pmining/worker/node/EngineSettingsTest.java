package io.p2pmining.worker.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.core.cpu.Affinity;
import io.p2pmining.core.memory.PagePolicy;
import io.p2pmining.core.pow.CompilerPolicy;
import io.p2pmining.core.pow.EngineSettings;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.InstructionLimit;
import io.p2pmining.core.tuning.FixedSettings;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class EngineSettingsTest {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner().withUserConfiguration(Settings.class);

  @EnableConfigurationProperties(WorkerSettings.class)
  static class Settings {}

  @Test
  void leavesEverythingToTheMachineByDefault() {
    with(
        settings -> {
          assertThat(settings.engine()).isEqualTo(EngineSettings.AUTO);
          assertThat(settings.processors()).isEqualTo(Affinity.AUTO);
          assertThat(settings.mode().wanted()).isNull();
        });
  }

  @Test
  void takesWhatIsSet() {
    with(
        settings -> {
          assertThat(settings.engine())
              .isEqualTo(
                  new EngineSettings(
                      CompilerPolicy.REQUIRED, InstructionLimit.NO_AES, 3, PagePolicy.HUGE));
          assertThat(settings.processors()).hasToString("0,2-3");
          assertThat(settings.mode().wanted()).isEqualTo(HashingMode.FULL);
        },
        "compiler=required",
        "instructions=no-aes",
        "interleave=3",
        "pages=2m",
        "affinity=0,2,3",
        "mode=full");
  }

  @Test
  void tunesOnlyWhatIsNotSet() {
    with(
        settings -> {
          assertThat(settings.tune()).isEqualTo(TuneSetting.AUTO);
          assertThat(settings.fixed()).isEqualTo(FixedSettings.NONE);
        });
    with(
        settings ->
            assertThat(settings.fixed().label())
                .isEqualTo("lanes=3 threads=5 affinity=off pages=2m"),
        "interleave=3",
        "threads=5",
        "affinity=off",
        "pages=2m");
  }

  @Test
  void leavesPrefetchersAloneByDefault() {
    with(settings -> assertThat(settings.msr()).isEqualTo(RegisterSetting.OFF));
  }

  @Test
  void understandsWhatYamlMakesOfOff() {
    with(
        settings -> {
          assertThat(settings.engine().compiler()).isEqualTo(CompilerPolicy.OFF);
          assertThat(settings.processors()).isEqualTo(Affinity.OFF);
        },
        "compiler=off",
        "affinity=false");
  }

  private void with(Consumer<WorkerSettings> check, String... settings) {
    ApplicationContextRunner set = runner;
    for (String setting : settings) {
      set = set.withPropertyValues("p2pmine.worker." + setting);
    }
    set.run(context -> check.accept(context.getBean(WorkerSettings.class)));
  }
}
