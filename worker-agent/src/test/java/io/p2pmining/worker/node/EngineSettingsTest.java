package io.p2pmining.worker.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.core.cpu.Affinity;
import io.p2pmining.core.memory.PagePolicy;
import io.p2pmining.core.memory.Sharing;
import io.p2pmining.core.memory.SharingPolicy;
import io.p2pmining.core.pow.CompilerPolicy;
import io.p2pmining.core.pow.EngineSettings;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.InstructionLimit;
import io.p2pmining.core.tuning.FixedSettings;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  @Test
  void sharesWithWhomeverMeetsInTheSameDirectory() {
    with(
        settings ->
            assertThat(settings.sharing())
                .isEqualTo(new Sharing(SharingPolicy.REQUIRED, Path.of("/var/shared"), 8)),
        "shared-memory=required",
        "shared-directory=/var/shared",
        "shared-threads=8");
    with(
        settings -> assertThat(settings.sharing()).isEqualTo(Sharing.OFF),
        "shared-memory=off",
        "shared-directory=/var/shared");
    with(
        settings -> assertThat(settings.sharing()).isEqualTo(Sharing.OFF),
        "shared-directory=",
        "shared-threads=0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "shared-memory=required | shared-memory=required needs shared-directory",
        "shared-threads=1025 | shared-threads must be 0 to 1024"
      })
  void refusesSharingThatMakesNoSense(String setting, String rule) {
    runner
        .withPropertyValues("p2pmine.worker." + setting)
        .run(context -> assertThat(context.getStartupFailure()).hasRootCauseMessage(rule));
  }

  private void with(Consumer<WorkerSettings> check, String... settings) {
    ApplicationContextRunner set = runner;
    for (String setting : settings) {
      set = set.withPropertyValues("p2pmine.worker." + setting);
    }
    set.run(context -> check.accept(context.getBean(WorkerSettings.class)));
  }
}
