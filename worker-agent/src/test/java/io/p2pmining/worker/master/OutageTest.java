package io.p2pmining.worker.master;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.common.connection.Closure;
import io.p2pmining.common.frame.ProtocolException;
import io.p2pmining.common.wire.v1.Error;
import io.p2pmining.worker.node.MasterAddress;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class OutageTest {

  private static final MasterAddress MASTER = new MasterAddress("mine.example", 9740);

  @Test
  void tellsWhyAnAttemptFailedAndTheRemedy() {
    assertThat(attempt(new UnknownHostException("mine.example")))
        .isEqualTo(
            "Cannot find the master's host 'mine.example': correct p2pmine.worker.master, or the"
                + " network's name service");
    assertThat(attempt(new ConnectException("Connection refused")))
        .isEqualTo(
            "No master listens on mine.example:9740: start it there, or correct"
                + " p2pmine.worker.master");
    assertThat(attempt(new ConnectException("connection timed out")))
        .contains("Cannot reach the master on mine.example:9740 (connection timed out)");
    assertThat(attempt(new NoRouteToHostException("No route to host")))
        .contains("Cannot reach", "No route to host", "firewalls");
  }

  @Test
  void tellsAMasterAtCapacityFromOneOfAnotherVersion() {
    assertThat(closure(new Closure.PeerRefused(Error.Code.CODE_BUSY, "full"), false))
        .contains("has no place for another worker", "raise its limit");
    assertThat(closure(new Closure.PeerRefused(Error.Code.CODE_UNSUPPORTED_VERSION, "2..3"), false))
        .contains("another version of the protocol (2..3)", "update the older one");
    ProtocolException fault = ProtocolException.of(Error.Code.CODE_UNSUPPORTED_VERSION, "chosen=9");
    assertThat(closure(new Closure.PeerFaulted(fault), false))
        .contains("another version of the protocol (chosen=9)");
  }

  @Test
  void tellsALostMasterFromSomethingThatIsNone() {
    assertThat(closure(new Closure.Lost("closed by the peer"), true))
        .isEqualTo(
            "Lost the master on mine.example:9740 (the connection was lost: closed by the peer)");
    assertThat(closure(new Closure.Lost("closed by the peer"), false)).contains("is no master");
  }

  private static String attempt(Throwable failure) {
    return Outage.ofAttempt(failure).sentence(MASTER);
  }

  private static String closure(Closure closure, boolean wasReady) {
    return Outage.ofClosure(closure, wasReady).sentence(MASTER);
  }
}
