package io.p2pmining.worker.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasterAddressTest {

  @Test
  void readsHostsAndPorts() {
    assertThat(MasterAddress.of("mine.example:1234"))
        .isEqualTo(new MasterAddress("mine.example", 1234));
    assertThat(MasterAddress.of(" 10.0.0.1 ")).isEqualTo(new MasterAddress("10.0.0.1", 9740));
    assertThat(MasterAddress.of("[::1]")).isEqualTo(new MasterAddress("::1", 9740));
    assertThat(MasterAddress.of("[fe80::1]:1")).isEqualTo(new MasterAddress("fe80::1", 1));
    assertThat(new MasterAddress("::1", 9740)).hasToString("[::1]:9740");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":9740",
        "a:b",
        "a:0",
        "a:65536",
        "::1",
        "[::1",
        "[::1]9740",
        "a b:1",
        "a:1:2"
      })
  void refusesWhatIsNeither(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MasterAddress.of(text))
        .withMessageContaining("HOST:PORT");
  }
}
