package io.p2pmining.cli.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterRuntimeTest {

  private static final String JSON =
      """
      {"pid":42,"instanceId":"00ff","httpAddress":"127.0.0.1","httpPort":8081,
       "p2pAddress":"0.0.0.0","p2pPort":9741,"startedAt":"2026-11-01T00:00:00Z"}""";

  @TempDir Path directory;

  @Test
  void saysWhereTheMasterCanBeReachedFromThisMachine() throws IOException {
    write(JSON);

    MasterRuntime runtime = MasterRuntime.read(directory, 42).orElseThrow();

    assertThat(runtime.apiUrl()).isEqualTo("http://127.0.0.1:8081");
    assertThat(runtime.p2pEndpoint()).isEqualTo("127.0.0.1:9741");
  }

  @Test
  void putsAnIpv6AddressInBrackets() {
    MasterRuntime runtime = new MasterRuntime(42, "::", 8080, "::1", 9740);

    assertThat(runtime.apiUrl()).isEqualTo("http://127.0.0.1:8080");
    assertThat(runtime.p2pEndpoint()).isEqualTo("[::1]:9740");
  }

  @Test
  void ignoresWhatAnotherMasterLeftBehind() throws IOException {
    write(JSON);

    assertThat(MasterRuntime.read(directory, 43)).isEmpty();
  }

  @Test
  void isEmptyWhileThereIsNoFileOrAStrangeOne() throws IOException {
    assertThat(MasterRuntime.read(directory, 42)).isEmpty();
    write("{\"pid\":");
    assertThat(MasterRuntime.read(directory, 42)).isEmpty();
  }

  private void write(String json) throws IOException {
    Files.writeString(directory.resolve("master.json"), json);
  }
}
