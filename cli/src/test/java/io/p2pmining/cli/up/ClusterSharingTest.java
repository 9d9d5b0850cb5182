package io.p2pmining.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.cli.service.GivenSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class ClusterSharingTest {

  private static final String SETTING = "p2pmine.worker.shared-memory";

  @TempDir Path data;

  @Test
  void letsSeveralWorkersShare() {
    assertThat(ClusterSharing.choose(data, 2, 6, given()))
        .isEqualTo(new ClusterSharing(data.resolve("shared"), 6));
  }

  @Test
  void deletesWhatWorkersLeft() throws IOException {
    ClusterSharing sharing = ClusterSharing.choose(data, 2, 6, given());
    Path left = data.resolve("shared/dataset-00000000000000000000000000000000");
    Files.writeString(left, "999999999 5 01234567 2m\n");

    sharing.sweep();

    assertThat(left).doesNotExist();
    new ClusterSharing(null, 6).sweep();
  }

  @Test
  void leavesALoneWorkerAndThoseAloneThatShallNot() {
    assertThat(ClusterSharing.choose(data, 1, 6, given()).isOn()).isFalse();
    assertThat(ClusterSharing.choose(data, 2, 6, given(SETTING, "OFF")).isOn()).isFalse();
    assertThat(data).isEmptyDirectory();
  }

  @Test
  void countsOnNothingWhereSharingDoesNotWorkUnlessItIsRequired() throws IOException {
    Files.writeString(data.resolve("shared"), "no directory");

    assertThat(ClusterSharing.choose(data, 2, 6, given()).isOn()).isFalse();
    assertThat(ClusterSharing.choose(data, 2, 6, given(SETTING, "required")).isOn()).isTrue();
  }

  @Test
  void heedsTheSettingsFile() throws IOException {
    Files.writeString(data.resolve("p2pmine.yml"), "p2pmine.worker.shared-memory: off\n");

    assertThat(ClusterSharing.choose(data, 2, 6, given()).isOn()).isFalse();
    assertThat(ClusterSharing.choose(data, 2, 6, given(SETTING, "auto")).isOn()).isTrue();
  }

  private GivenSettings given() {
    return GivenSettings.of(Map.of(), data.resolve("p2pmine.yml"));
  }

  private GivenSettings given(String setting, String value) {
    return GivenSettings.of(Map.of(setting, value), data.resolve("p2pmine.yml"));
  }
}
