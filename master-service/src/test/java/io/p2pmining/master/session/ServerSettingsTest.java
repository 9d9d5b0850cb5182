package io.p2pmining.master.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerSettingsTest {

  private static final String ID = "0123456789abcdef0123456789abcdef";

  @Test
  void idleTimeoutLeavesRoomForALostHeartbeat() {
    assertThatThrownBy(
            () ->
                new ServerSettings(
                    "127.0.0.1",
                    0,
                    1,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(9),
                    List.of()))
        .hasMessageContaining("p2pmine.master.idle-timeout=9.0s")
        .hasMessageContaining("p2pmine.master.heartbeat-interval=5.0s");
  }

  @Test
  void readsAddressesOfOtherMasters() {
    MasterAddress name = MasterAddress.valueOf(ID + "@master.example:9740");
    MasterAddress v6 = MasterAddress.valueOf(ID + "@[2001:db8::1]:1");

    assertThat(name.id()).hasToString(ID);
    assertThat(name.host()).isEqualTo("master.example");
    assertThat(name.port()).isEqualTo(9740);
    assertThat(v6.host()).isEqualTo("2001:db8::1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "master.example:9740",
        ID + "@master.example",
        ID + "@master.example:0",
        ID + "@master.example:65536",
        ID + "@a b:9740",
        "00000000000000000000000000000000@master.example:9740",
        "0123@master.example:9740"
      })
  void refusesWhatIsNoAddress(String text) {
    assertThatThrownBy(() -> MasterAddress.valueOf(text))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
