package io.p2pmining.worker.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.p2pmining.core.memory.Sharing;
import io.p2pmining.core.memory.SharingPolicy;
import io.p2pmining.service.startup.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class SharingStartTest {

  @TempDir Path parent;

  @Test
  void sharesWhereItWorks() {
    Sharing wanted = new Sharing(SharingPolicy.AUTO, parent.resolve("shared"), 4);

    assertThat(SharingStart.of(wanted)).isEqualTo(new SharingStart(wanted, 0));
    assertThat(parent.resolve("shared")).isEmptyDirectory();
  }

  @Test
  void doesWithoutWhereItDoesNotWork() throws IOException {
    Path file = Files.writeString(parent.resolve("file"), "no directory");

    assertThat(SharingStart.of(Sharing.through(file))).isEqualTo(new SharingStart(Sharing.OFF, 0));
    assertThat(SharingStart.of(Sharing.OFF)).isEqualTo(new SharingStart(Sharing.OFF, 0));
  }

  @Test
  void doesNotStartWhereItDoesNotWorkAndIsRequired() throws IOException {
    Path file = Files.writeString(parent.resolve("file"), "no directory");

    assertThatThrownBy(() -> SharingStart.of(new Sharing(SharingPolicy.REQUIRED, file, 0)))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining(file.toString())
        .satisfies(e -> assertThat(((StartupException) e).remedy()).contains("shared-memory=auto"));
  }
}
