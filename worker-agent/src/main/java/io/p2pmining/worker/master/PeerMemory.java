package io.p2pmining.worker.master;

import io.p2pmining.common.node.KnownPeers;
import io.p2pmining.common.node.NodeId;
import io.p2pmining.common.wire.v1.PeerList;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Remembers the peers that masters tell of. Safe for use by any thread; never waits. */
final class PeerMemory {

  private static final Logger LOG = LoggerFactory.getLogger(PeerMemory.class);

  private final KnownPeers known;
  private final NodeId self;
  private final Executor disk;

  /**
   * A memory.
   *
   * @param disk runs what blocks on the disk; may refuse when it has too much to do
   */
  PeerMemory(KnownPeers known, NodeId self, Executor disk) {
    this.known = known;
    this.self = self;
    this.disk = disk;
  }

  void learn(PeerList list, SocketAddress master) {
    if (master instanceof InetSocketAddress address
        && known.learn(list, address.getAddress(), self) > 0) {
      disk.execute(this::save);
    }
  }

  private void save() {
    try {
      known.save();
    } catch (IOException e) {
      LOG.warn("Known peers cannot be saved: {}", e.toString());
    }
  }
}
