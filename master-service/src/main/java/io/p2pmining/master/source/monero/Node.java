package io.p2pmining.master.source.monero;

import io.p2pmining.common.monero.MoneroAddress.Network;
import io.p2pmining.master.source.monero.DaemonException.Kind;
import io.p2pmining.master.source.monero.MoneroDaemon.Condition;
import io.p2pmining.master.source.monero.MoneroDaemon.Header;
import java.util.Locale;

/** A daemon and whether it suits this master. Safe for use by any thread. */
final class Node implements AutoCloseable {

  private final MoneroDaemon daemon;
  private final Network network;
  private volatile boolean examined;

  Node(MoneroDaemon daemon, Network network) {
    this.daemon = daemon;
    this.network = network;
  }

  MoneroDaemon daemon() {
    return daemon;
  }

  /**
   * Asks for the tip, and before that, the first time and after each failure, what the daemon is.
   * Blocks.
   */
  Header probe() throws DaemonException {
    try {
      if (!examined) {
        examine(daemon.getInfo());
        examined = true;
      }
      return daemon.getLastBlockHeader();
    } catch (DaemonException e) {
      examined = false;
      throw e;
    }
  }

  private void examine(Condition condition) throws DaemonException {
    Network expected =
        switch (condition.network()) {
          case "stagenet" -> Network.STAGENET;
          case "testnet" -> Network.TESTNET;
          // A regtest daemon calls its network fakechain and takes mainnet's addresses.
          default -> Network.MAINNET;
        };
    if (expected != network) {
      throw new DaemonException(
          Kind.UNUSABLE,
          "it runs on %s, but the wallet address is one of %s: change either"
              .formatted(name(expected), name(network)));
    }
    if (!condition.synchronised()) {
      throw new DaemonException(
          Kind.BUSY,
          "it is synchronising, at block %d of %d"
              .formatted(
                  condition.height(), Math.max(condition.height(), condition.targetHeight())));
    }
  }

  private static String name(Network network) {
    return network.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public void close() {
    daemon.close();
  }

  @Override
  public String toString() {
    return daemon.endpoint().toString();
  }
}
