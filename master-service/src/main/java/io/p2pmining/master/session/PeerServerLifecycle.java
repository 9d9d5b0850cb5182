package io.p2pmining.master.session;

import io.p2pmining.common.connection.ConnectionLimits;
import io.p2pmining.common.connection.ProtocolPipeline;
import io.p2pmining.master.peer.PeerDisconnector;
import io.p2pmining.master.work.PeerId;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Opens the server when everything that sessions talk to is there, and on the way down says goodbye
 * to every worker before anything else stops. Started and stopped by the application's main thread.
 */
final class PeerServerLifecycle implements SmartLifecycle, PeerEndpoint, PeerDisconnector {

  private final Supplier<ServerSettings> settings;
  private final Sessions sessions;
  private final InstantSource clock;
  private final TrafficCounter traffic = new TrafficCounter();
  private volatile @Nullable PeerServer server;

  PeerServerLifecycle(Supplier<ServerSettings> settings, Sessions sessions, InstantSource clock) {
    this.settings = settings;
    this.sessions = sessions;
    this.clock = clock;
  }

  @Override
  public void start() {
    ConnectionLimits limits =
        new ConnectionLimits(
            settings.get().handshakeTimeout(),
            ConnectionLimits.DEFAULT.linger(),
            ConnectionLimits.DEFAULT.outboundBytes());
    server =
        PeerServer.open(
            settings, ProtocolPipeline.forMaster(limits, clock, sessions::newSession), traffic);
  }

  @Override
  public void stop() {
    PeerServer running = server;
    if (running != null) {
      running.stopAccepting();
      sessions.leaveAll();
      running.close();
      server = null;
    }
  }

  @Override
  public boolean isRunning() {
    return server != null;
  }

  @Override
  public InetSocketAddress address() {
    PeerServer running = server;
    if (running == null) {
      throw new IllegalStateException("the server for workers is not open");
    }
    return running.address();
  }

  @Override
  public boolean disconnect(PeerId peer, String reason) {
    return sessions.disconnect(peer, reason);
  }

  @Override
  public int connections() {
    return sessions.connections();
  }

  @Override
  public long accepted() {
    return sessions.accepted();
  }

  @Override
  public long refused() {
    return sessions.refused();
  }

  @Override
  public long receivedBytes() {
    return traffic.receivedBytes();
  }

  @Override
  public long sentBytes() {
    return traffic.sentBytes();
  }
}
