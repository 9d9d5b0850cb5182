package io.p2pmining.worker.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpEndpointTest {

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1, 9741",
    "localhost, localhost, 9741",
    "::1, 127.0.0.2, 9741",
    "127.0.0.1, 192.168.1.2, 0",
    "127.0.0.1, master.lan, 0",
    "localhost, 2001:db8::1, 0",
    "0.0.0.0, 192.168.1.2, 9741",
    "192.168.1.3, master.lan, 9741",
  })
  void tellsAMasterElsewhereOfNoPortThatItCannotReach(String address, String master, int told) {
    assertThat(new HttpEndpoint(address, 9741).portFor(new MasterAddress(master, 9740)))
        .isEqualTo(told);
  }
}
