package io.p2pmining.master.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.p2pmining.common.settings.GivenSettings;
import io.p2pmining.common.settings.InvalidSettingsException;
import io.p2pmining.master.session.ServerSettings;
import io.p2pmining.master.work.WorkSettings;
import io.p2pmining.service.settings.SettingsFiles;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class SettingsFilesTest {

  private static final String WORK = "p2pmine.master.work";

  @TempDir private Path data;

  private final Map<String, Object> commandLine = new HashMap<>();
  private final ValidatorFactory validators = Validation.buildDefaultValidatorFactory();
  private Path file;

  @BeforeEach
  void nameFiles() {
    file = data.resolve(SettingsFiles.FILE);
    commandLine.put("p2pmine.data-dir", data.toString());
  }

  @AfterEach
  void closeValidators() {
    validators.close();
  }

  /** As a start finds the settings now. */
  private SettingsFiles started() {
    ConfigurableEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addFirst(new MapPropertySource("commandLineArgs", commandLine));
    ConfigDataEnvironmentPostProcessor.applyTo(environment);
    ConfigurationPropertySources.attach(environment);
    return SettingsConfiguration.files(environment, validators.getValidator());
  }

  private static WorkSettings work(GivenSettings given) throws InvalidSettingsException {
    return given.bind(WORK, WorkSettings.class);
  }

  private void write(String... lines) throws IOException {
    Files.writeString(file, String.join("\n", lines) + "\n");
  }

  @Test
  void readsFilesAnewAndTheRestAsItWas() throws Exception {
    commandLine.put("p2pmine.master.work.max-attempts", "7");
    SettingsFiles files = started();
    assertThat(work(files.read()).unitDuration()).isEqualTo(Duration.ofSeconds(20));

    write(WORK + ".unit-duration: 30s", WORK + ".max-attempts: 9");
    WorkSettings read = work(files.read());

    assertThat(read.unitDuration()).isEqualTo(Duration.ofSeconds(30));
    assertThat(read.maxAttempts()).as("the command line comes first").isEqualTo(7);

    Files.delete(file);
    assertThat(work(files.read()).unitDuration()).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void forgetsWhatAFileNoLongerSays() throws Exception {
    write(WORK + ".unit-duration: 30s");
    SettingsFiles files = started();

    write(WORK + ".max-attempts: 9");

    assertThat(work(files.read()).unitDuration()).isEqualTo(Duration.ofSeconds(20));
    assertThat(work(files.read()).maxAttempts()).isEqualTo(9);
  }

  @Test
  void namesWhatFilesSayAndNothingElse() throws Exception {
    commandLine.put("server.port", "8081");
    write("server:", "  port: 8080", "p2pmine.master.monero.urls: [http://a:1, http://b:1]");
    SettingsFiles files = started();

    assertThat(files.namedAtStart())
        .isEqualTo(
            Map.of(
                "server.port", "8081",
                "p2pmine.master.monero.urls[0]", "http://a:1",
                "p2pmine.master.monero.urls[1]", "http://b:1"));
    assertThat(files.read().named()).isEqualTo(files.namedAtStart());
  }

  @Test
  void knowsWhetherASettingIsGiven() throws Exception {
    write("p2pmine.master.monero.urls: [http://a:1]");
    commandLine.put("p2pmine.master.monero.wallet", "4");
    GivenSettings given = started().read();

    assertThat(given.isGiven("p2pmine.master.monero.urls")).isTrue();
    assertThat(given.isGiven("p2pmine.master.monero.wallet")).isTrue();
    assertThat(given.isGiven("p2pmine.master.monero.login")).isFalse();
  }

  @Test
  void saysWhereAFileIsBroken() throws Exception {
    SettingsFiles files = started();
    write("p2pmine:", "  master: [");

    assertThatThrownBy(files::read)
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("line 3");
  }

  @Test
  void namesTheSettingThatIsNotValidWithItsValueAndItsPlace() throws Exception {
    SettingsFiles files = started();
    write(WORK + ".posted-jobs: 0");
    assertThatThrownBy(() -> work(files.read()))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("p2pmine.master.work.posted-jobs=0")
        .hasMessageContaining("p2pmine.yml")
        .hasMessageContaining("greater than or equal to 1");

    write(WORK + ".unit-duration: soon");
    assertThatThrownBy(() -> work(files.read()))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("p2pmine.master.work.unit-duration=soon")
        .hasMessageContaining("a duration such as 20s");

    write("p2pmine.master.heartbeat-interval: 20s");
    assertThatThrownBy(() -> files.read().bind("p2pmine.master", ServerSettings.class))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("p2pmine.master.idle-timeout=15.0s must be at least twice");
  }

  @Test
  void readsAndNamesTheFilesThatASettingAdds() throws Exception {
    Path more = data.resolve("more.yml");
    commandLine.put("spring.config.additional-location", "optional:file:" + more);
    SettingsFiles files = started();

    Files.writeString(more, WORK + ".unit-duration: 40s\n");

    assertThat(files.files(data)).containsExactly(file, more);
    assertThat(work(files.read()).unitDuration()).isEqualTo(Duration.ofSeconds(40));
  }

  @Test
  void findsValuesHoweverTheirNamesAreWritten() throws Exception {
    write(WORK + ".unitDuration: 30s");
    SettingsFiles files = started();

    assertThat(work(files.read()).unitDuration()).isEqualTo(Duration.ofSeconds(30));
    assertThat(files.read().named()).containsValue("30s").isEqualTo(files.namedAtStart());
  }

  @Test
  void anUnknownReferenceIsNoFault() throws Exception {
    write("some.setting: ${what.is.not.there}");

    assertThat(started().namedAtStart()).containsKey("some.setting");
  }
}
