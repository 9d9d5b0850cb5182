package io.p2pmining.cli.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GivenSettingsTest {

  private static final String SHARED = "p2pmine.worker.shared-memory";

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "p2pmine:\n  worker:\n    shared-memory: off\n",
        "p2pmine:\n  worker.sharedMemory: 'OFF'\n  master:\n    name: m\n",
        "p2pmine.worker.shared_memory: false # as YAML means it\n",
        "p2pmine.worker.shared-memory: auto\n---\np2pmine.worker.shared-memory: off\n"
      })
  void readsTheFileAsServicesDo(String yaml) throws IOException {
    assertThat(given(Map.of(), Map.of(), yaml).choice(SHARED)).isEqualTo("off");
  }

  @Test
  void looksFirstWhereServicesLookFirst() throws IOException {
    String file = "p2pmine.worker.shared-memory: off\n";
    Map<String, String> environment =
        Map.of("P2PMINE_WORKER_SHAREDMEMORY", "required", "PATH", "/bin");
    assertThat(given(Map.of(), environment, file).choice(SHARED)).isEqualTo("required");
    assertThat(given(Map.of(SHARED, "Auto"), environment, file).choice(SHARED)).isEqualTo("auto");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "p2pmine:\n",
        "- a\n- list\n",
        "p2pmine: {worker",
        "p2pmine: !!java.io.File x"
      })
  void knowsNothingFromAFileThatSaysNothing(String yaml) throws IOException {
    assertThat(given(Map.of(), Map.of(), yaml).choice(SHARED)).isEqualTo("auto");
  }

  @Test
  void doesWithoutAFile() {
    GivenSettings none = GivenSettings.of(Map.of(), Map.of(), directory.resolve("none.yml"));
    assertThat(none.choice(SHARED)).isEqualTo("auto");
  }

  @Test
  void readsValuesNumbersAndLists() throws IOException {
    GivenSettings given =
        given(
            Map.of("server.port", "81", "p2pmine.a", " x, y ", "p2pmine.b[0]", "z"),
            Map.of("P2PMINE_C_0", "v", "P2PMINE_C_1", "w", "SERVER_ADDRESS", "::1"),
            "p2pmine:\n  d:\n    - t\n    - u\n  e: no number\n  f: ''\n");

    assertThat(given.number("server.port", 8080)).isEqualTo(81);
    assertThat(given.number("p2pmine.e", 7)).isEqualTo(7);
    assertThat(given.value("server.address")).contains("::1");
    assertThat(given.value("p2pmine.f")).isEmpty();
    assertThat(given.values("p2pmine.a")).containsExactly("x", "y");
    assertThat(given.values("p2pmine.b")).containsExactly("z");
    assertThat(given.values("p2pmine.c")).containsExactly("v", "w");
    assertThat(given.values("p2pmine.d")).containsExactly("t", "u");
    assertThat(given.values("p2pmine.g")).isEmpty();
  }

  private GivenSettings given(
      Map<String, String> commandLine, Map<String, String> environment, String yaml)
      throws IOException {
    Path file = Files.writeString(directory.resolve("p2pmine.yml"), yaml);
    return GivenSettings.of(commandLine, environment, file);
  }
}
