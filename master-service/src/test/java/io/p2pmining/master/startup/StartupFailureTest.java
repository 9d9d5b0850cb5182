package io.p2pmining.master.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.p2pmining.master.MasterApplication;
import io.p2pmining.master.node.DataDirectory;
import io.p2pmining.master.node.MasterSettings;
import io.p2pmining.master.session.ServerSettings;
import io.p2pmining.service.startup.StartupException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.FileSystemResource;

@ExtendWith(OutputCaptureExtension.class)
class StartupFailureTest {

  @TempDir private Path data;

  @Test
  void namesTheSettingOfATakenPortForWorkers(CapturedOutput output) throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String sentence =
          failure(output, "--p2pmine.master.p2p-port=" + taken.getLocalPort(), "--server.port=0");

      assertThat(sentence)
          .contains("127.0.0.1:" + taken.getLocalPort(), "taken", "p2pmine.master.p2p-port");
    }
  }

  @Test
  void namesTheSettingOfATakenHttpPort(CapturedOutput output) throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String sentence =
          failure(output, "--server.port=" + taken.getLocalPort(), "--p2pmine.master.p2p-port=0");

      assertThat(sentence).contains("HTTP port " + taken.getLocalPort(), "taken", "server.port");
    }
  }

  @Test
  void refusesADirectoryInWhichAnotherMasterWorks(CapturedOutput output) {
    try (DataDirectory other = DataDirectory.open(data)) {
      assertThat(failure(output, "--server.port=0"))
          .contains("another master works in " + other.path(), "p2pmine.data-dir");
    }
  }

  @Test
  void refusesADirectoryThatCannotBeMade() throws IOException {
    Path file = Files.createFile(data.resolve("file"));

    assertThatThrownBy(() -> DataDirectory.open(file.resolve("directory")))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("data directory " + file.resolve("directory") + " cannot be used");
  }

  @Test
  void namesTheSettingThatIsOutOfBounds(CapturedOutput output) {
    assertThat(settingsFailure(output, "--p2pmine.master.p2p-port=70000"))
        .contains("p2pmine.master.p2p-port=70000", "must be less than or equal to 65535");
  }

  @Test
  void namesTheSettingThatIsNoNumber(CapturedOutput output) {
    assertThat(settingsFailure(output, "--p2pmine.master.max-connections=many"))
        .contains("p2pmine.master.max-connections=many", "a whole number");
  }

  @Test
  void namesTheSettingThatIsNoDuration(CapturedOutput output) {
    assertThat(settingsFailure(output, "--p2pmine.master.idle-timeout=soon"))
        .contains("p2pmine.master.idle-timeout=soon", "a duration such as");
  }

  @Test
  void namesTheChoicesOfAPolicy(CapturedOutput output) {
    assertThat(settingsFailure(output, "--p2pmine.master.benchmark=perhaps"))
        .contains("p2pmine.master.benchmark=perhaps", "auto or off");
  }

  @Test
  void namesSettingsThatContradictEachOther(CapturedOutput output) {
    assertThat(settingsFailure(output, "--p2pmine.master.idle-timeout=6s"))
        .contains("p2pmine.master.idle-timeout=6.0s", "p2pmine.master.heartbeat-interval=5.0s");
  }

  @Test
  void namesAnInvalidSettingOfTheHttpServer(CapturedOutput output) {
    assertThat(failure(output, "--server.port=http")).contains("server.port=http");
  }

  @Test
  void namesTheLineOfABrokenSettingsFile(CapturedOutput output) throws IOException {
    Path file = Files.writeString(data.resolve("p2pmine.yml"), "p2pmine:\n  master: [\n");

    assertThat(failure(output)).contains(file.toString(), "is not valid YAML", "line 3");
  }

  @Test
  void saysWhichSettingsFileCannotBeRead() {
    assertThatThrownBy(() -> new NamingYamlLoader().load("p2pmine", new FileSystemResource(data)))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("settings file " + data + " cannot be read");
  }

  @Test
  void namesTheFileOfAnInvalidSetting(CapturedOutput output) throws IOException {
    Files.writeString(data.resolve("p2pmine.yml"), "p2pmine.master.p2p-port: 70000\n");

    assertThat(settingsFailure(output)).contains("p2pmine.master.p2p-port=70000", "p2pmine.yml");
  }

  private String failure(CapturedOutput output, String... settings) {
    return failure(MasterApplication.class, output, settings);
  }

  /** The settings alone fail faster than a whole master. */
  private String settingsFailure(CapturedOutput output, String... settings) {
    return failure(SettingsOnly.class, output, settings);
  }

  /** Starts what must fail with one line on standard error, and returns that line. */
  private String failure(Class<?> application, CapturedOutput output, String... settings) {
    List<String> arguments = new ArrayList<>(List.of("--p2pmine.data-dir=" + data));
    arguments.addAll(List.of(settings));
    Throwable failure =
        catchThrowable(() -> SpringApplication.run(application, arguments.toArray(String[]::new)));

    assertThat(failure).isNotNull();
    assertThat(output.getOut()).doesNotContain("APPLICATION FAILED", "Exception");
    assertThat(output.getErr().lines().toList()).hasSize(1);
    return output.getErr().lines().toList().getFirst();
  }

  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties({MasterSettings.class, ServerSettings.class})
  static class SettingsOnly {
    @Bean
    TomcatServletWebServerFactory web() {
      return new TomcatServletWebServerFactory(0);
    }
  }
}
