package io.p2pmining.common.node;

import io.p2pmining.common.wire.v1.PeerAddress;
import io.p2pmining.common.wire.v1.PeerList;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The masters and peers that a node has been told of by PEER_LIST, kept in the file {@code
 * known-peers} of its data directory. They are remembered, not used: nothing connects to them until
 * this node is told to. Safe for use by any thread; at most {@link #CAPACITY} are kept, those that
 * were told of last.
 */
public final class KnownPeers {

  /** The name of the file. */
  public static final String FILE_NAME = "known-peers";

  /** Two full PEER_LISTs; the file stays below 100 kB. */
  public static final int CAPACITY = 256;

  private static final Logger LOG = LoggerFactory.getLogger(KnownPeers.class);

  /** A role and a node: a machine may run a master and a worker in one directory. */
  private record Key(PeerAddress.Role role, NodeId nodeId) {
    static Key of(KnownPeer peer) {
      return new Key(peer.role(), peer.nodeId());
    }
  }

  private final Path file;
  private final InstantSource clock;

  // Guarded by itself.
  private final Map<Key, KnownPeer> peers = new HashMap<>();

  private final Object saving = new Object();

  private KnownPeers(Path file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
  }

  /**
   * The peers that were saved in a data directory. What cannot be read is forgotten, with a line in
   * the log: masters will tell again. Blocks on the disk.
   */
  public static KnownPeers load(Path dataDirectory, InstantSource clock) {
    KnownPeers known = new KnownPeers(dataDirectory.resolve(FILE_NAME), clock);
    known.read();
    return known;
  }

  /**
   * Remembers what a master tells; an entry replaces an older one of the same role and node.
   * Entries that {@link HostRule} does not trust are left out.
   *
   * @param teller the address of the master
   * @param self this node, which needs nobody to tell it of itself
   * @return how many entries were taken
   */
  public int learn(PeerList list, InetAddress teller, NodeId self) {
    int taken = 0;
    synchronized (peers) {
      for (PeerAddress address : list.getPeersList()) {
        NodeId nodeId = NodeId.of(address.getNodeId());
        if (nodeId.equals(self) || !HostRule.mayRemember(address.getHost(), teller)) {
          continue;
        }
        keep(
            new KnownPeer(
                address.getRole(), nodeId, address.getHost(), address.getPort(), clock.instant()));
        taken++;
      }
    }
    return taken;
  }

  /** What is known now, last told first. */
  public List<KnownPeer> all() {
    synchronized (peers) {
      return peers.values().stream()
          .sorted(Comparator.comparing(KnownPeer::toldAt).reversed())
          .toList();
    }
  }

  /** Writes what is known to the file. Blocks on the disk: not for an event loop. */
  public void save() throws IOException {
    synchronized (saving) {
      SafeFile.replace(
          file,
          all().stream()
              .map(KnownPeerLine::format)
              .collect(Collectors.joining())
              .getBytes(StandardCharsets.UTF_8));
    }
  }

  private void keep(KnownPeer peer) {
    peers.put(Key.of(peer), peer);
    if (peers.size() > CAPACITY) {
      Optional<KnownPeer> oldest =
          peers.values().stream().min(Comparator.comparing(KnownPeer::toldAt));
      oldest.ifPresent(known -> peers.remove(Key.of(known)));
    }
  }

  private void read() {
    if (Files.notExists(file)) {
      return;
    }
    try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
      List<Optional<KnownPeer>> parsed = lines.limit(CAPACITY).map(KnownPeerLine::parse).toList();
      synchronized (peers) {
        parsed.forEach(peer -> peer.ifPresent(this::keep));
      }
      long damaged = parsed.stream().filter(Optional::isEmpty).count();
      if (damaged > 0) {
        LOG.warn("{} has {} damaged lines; those peers are forgotten", file, damaged);
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("{} cannot be read ({}); starting without known peers", file, e.toString());
    }
  }
}
