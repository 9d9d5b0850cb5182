package io.p2pmining.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.p2pmining.cli.CommandFailure;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {

  @Test
  void refusesATakenPortAndNamesTheOption() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();

      assertThatThrownBy(() -> Ports.free(port, "the API", "--http-port"))
          .isInstanceOf(CommandFailure.class)
          .hasMessageStartingWith("port " + port + " for the API cannot be used")
          .hasMessageEndingWith("choose another with --http-port PORT");
    }
  }

  @Test
  void choosesAFreePortForZero() {
    assertThat(Ports.free(0, "the API", "--http-port")).isBetween(1, 65535);
  }
}
