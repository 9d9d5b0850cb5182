package io.p2pmining.master.session;

import static io.p2pmining.common.log.LogThrottle.notShown;

import io.p2pmining.common.connection.Closure;
import io.p2pmining.common.connection.Connection;
import io.p2pmining.common.frame.FrameHeader;
import io.p2pmining.common.log.LogThrottle;
import io.p2pmining.common.wire.v1.HelloReply;
import io.p2pmining.common.wire.v1.PeerAddress;
import io.p2pmining.common.wire.v1.PeerList;
import io.p2pmining.master.node.MasterIdentity;
import io.p2pmining.master.peer.PeerCapabilities;
import io.p2pmining.master.peer.PeerIdentity;
import io.p2pmining.master.peer.PeerRegistry;
import io.p2pmining.master.work.PeerEvents;
import io.p2pmining.master.work.PeerId;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions that are open: at most so many, and one for each peer. Safe for use by any thread.
 *
 * <p>A peer's newest session speaks for it. Joining and leaving happen under one lock, so that the
 * registry and the dispatcher learn of them in one order.
 */
final class Sessions {

  private static final Logger log = LoggerFactory.getLogger(Sessions.class);

  private static final int LINES_PER_WINDOW = 20;
  private static final Duration LOG_WINDOW = Duration.ofSeconds(10);

  private final Supplier<ServerSettings> settings;
  private final MasterIdentity self;
  private final PeerRegistry registry;
  private final PeerEvents events;
  private final int maxDepth;
  private final LogThrottle throttle;

  // Guarded by this.
  private final Map<PeerId, PeerSession> current = new HashMap<>();
  private int connections;
  private long accepted;
  private long refused;
  private long greetings;
  private boolean stopping;

  /**
   * @param maxDepth how many units a worker may ask for
   */
  Sessions(
      Supplier<ServerSettings> settings,
      MasterIdentity self,
      PeerRegistry registry,
      PeerEvents events,
      int maxDepth,
      InstantSource clock) {
    this.settings = settings;
    this.self = self;
    this.registry = registry;
    this.events = events;
    this.maxDepth = maxDepth;
    this.throttle = new LogThrottle(LINES_PER_WINDOW, LOG_WINDOW, clock);
  }

  /** A session for a connection that is about to open. */
  PeerSession newSession() {
    return new PeerSession(this, registry, events);
  }

  /** Takes a place for a connection, if there is one left; to be given back by {@link #release}. */
  synchronized boolean admit() {
    if (stopping || connections >= settings.get().maxConnections()) {
      refused++;
      return false;
    }
    connections++;
    accepted++;
    return true;
  }

  synchronized void release() {
    connections--;
  }

  /** How many connections have a place. */
  synchronized int connections() {
    return connections;
  }

  /** How many connections have had a place so far. */
  synchronized long accepted() {
    return accepted;
  }

  /** How many connections got no place. */
  synchronized long refused() {
    return refused;
  }

  /** What whoever gets no place is told. */
  synchronized String refusal() {
    return stopping
        ? "the master is stopping"
        : "all " + settings.get().maxConnections() + " connections of the master are taken";
  }

  /** The answer to HELLO. */
  synchronized HelloReply greeting() {
    greetings++;
    return HelloReply.newBuilder()
        .setNodeId(self.id().toByteString())
        .setName(self.name())
        .setSoftware(self.software())
        .setVersion(FrameHeader.VERSION)
        .setSessionId("s" + greetings)
        .setHeartbeatIntervalMs(Math.toIntExact(settings.get().heartbeatInterval().toMillis()))
        .setIdleTimeoutMs(Math.toIntExact(settings.get().idleTimeout().toMillis()))
        .setMaxDepth(maxDepth)
        .build();
  }

  /** The session's handshake is done: it speaks for its peer from now on. */
  synchronized void join(PeerSession session, PeerCapabilities capabilities) {
    PeerIdentity identity = session.identity();
    PeerSession older = current.put(identity.id(), session);
    registry.connected(identity, capabilities);
    session.connection().send(peerList(session.connection()));
    events.peerReady(capabilities.profileOf(identity.id()), session);
    if (older != null) {
      older.replace();
    }
    throttle.log(
        kept ->
            log.info(
                "Worker {} ({}) connected from {}: {} cores{}{}",
                identity.name(),
                identity.id(),
                identity.address(),
                capabilities.cores(),
                older == null ? "" : ", in place of its older connection",
                notShown(kept)));
    if (stopping) {
      session.connection().leave(refusal(), true);
    }
  }

  /** The session is over. */
  synchronized void leave(PeerSession session, Closure closure) {
    PeerIdentity identity = session.identity();
    if (current.remove(identity.id(), session)) {
      registry.disconnected(identity.id(), !mayReturn(closure));
    }
    events.peerGone(identity.id(), session, mayReturn(closure));
    throttle.log(
        kept ->
            log.info(
                "Worker {} ({}) is gone: {}{}",
                identity.name(),
                identity.id(),
                closure.describe(),
                notShown(kept)));
  }

  private static boolean mayReturn(Closure closure) {
    return !(closure instanceof Closure.PeerLeft left) || left.returning();
  }

  /** A connection ended before its handshake was done. */
  void failed(Connection connection, Closure closure) {
    throttle.log(
        kept ->
            log.info(
                "Connection from {} came to nothing: {}{}",
                connection,
                closure.describe(),
                notShown(kept)));
  }

  /** Says goodbye to one peer, which may come back; false if it has no session. */
  boolean disconnect(PeerId peer, String reason) {
    PeerSession session;
    synchronized (this) {
      session = current.get(peer);
    }
    if (session == null) {
      return false;
    }
    session.connection().leave(reason, true);
    return true;
  }

  /** Says goodbye to everyone; whoever comes from now on is refused. */
  void leaveAll() {
    List<PeerSession> leaving;
    synchronized (this) {
      stopping = true;
      leaving = List.copyOf(current.values());
    }
    leaving.forEach(session -> session.connection().leave("the master is stopping", true));
  }

  /** This master, as the worker reached it, and the others that it was told of. */
  private PeerList peerList(Connection connection) {
    PeerList.Builder list = PeerList.newBuilder();
    if (connection.localAddress() instanceof InetSocketAddress local) {
      list.addPeers(
          PeerAddress.newBuilder()
              .setRole(PeerAddress.Role.ROLE_MASTER)
              .setNodeId(self.id().toByteString())
              .setHost(local.getAddress().getHostAddress())
              .setPort(local.getPort()));
    }
    for (MasterAddress other : settings.get().otherMasters()) {
      list.addPeers(
          PeerAddress.newBuilder()
              .setRole(PeerAddress.Role.ROLE_MASTER)
              .setNodeId(other.id().toByteString())
              .setHost(other.host())
              .setPort(other.port()));
    }
    return list.build();
  }
}
