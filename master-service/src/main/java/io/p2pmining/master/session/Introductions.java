package io.p2pmining.master.session;

import io.p2pmining.common.node.NodeId;
import io.p2pmining.common.wire.v1.AlgorithmSupport;
import io.p2pmining.common.wire.v1.Capabilities;
import io.p2pmining.common.wire.v1.Heartbeat;
import io.p2pmining.common.wire.v1.Hello;
import io.p2pmining.common.wire.v1.Mode;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.master.peer.PeerActivity;
import io.p2pmining.master.peer.PeerCapabilities;
import io.p2pmining.master.peer.PeerIdentity;
import io.p2pmining.master.peer.PeerState;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.WorkerProfile;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Reads what peers say about themselves. The protocol's rules have judged the fields. */
final class Introductions {

  private Introductions() {}

  static PeerIdentity identity(Hello hello, SocketAddress remote) {
    PeerId id = new PeerId(NodeId.of(hello.getNodeId()).toString());
    String name = hello.getName().isBlank() ? id.hex() : hello.getName();
    return new PeerIdentity(id, name, hello.getSoftware(), text(remote), hello.getHttpPort());
  }

  private static String text(SocketAddress remote) {
    return remote instanceof InetSocketAddress inet
        ? inet.getAddress().getHostAddress() + ":" + inet.getPort()
        : remote.toString();
  }

  static PeerCapabilities capabilities(Capabilities message) {
    return new PeerCapabilities(
        message.getCores(),
        message.getMiningThreads(),
        message.getMemoryTotalBytes(),
        message.getMemoryAvailableBytes(),
        message.getCpuModel(),
        message.getArchitecture(),
        message.getOperatingSystem(),
        message.getAes(),
        message.getAvx2(),
        message.getAvx512(),
        message.getL2CacheBytes(),
        message.getL3CacheBytes(),
        message.getHugePagesFree(),
        message.getHugePageSizeBytes(),
        message.getAlgorithmsList().stream().map(Introductions::algorithm).toList());
  }

  private static WorkerProfile.Ability algorithm(AlgorithmSupport support) {
    HashingMode mode = support.getMode() == Mode.MODE_FULL ? HashingMode.FULL : HashingMode.LIGHT;
    return new WorkerProfile.Ability(
        support.getAlgorithm(), mode, support.getEngine(), support.getMeasuredHashesPerSecond());
  }

  static PeerActivity activity(Heartbeat heartbeat) {
    PeerState state =
        switch (heartbeat.getState()) {
          case STATE_PREPARING -> PeerState.PREPARING;
          case STATE_MINING -> PeerState.MINING;
          case STATE_IDLE -> PeerState.IDLE;
          case STATE_UNSPECIFIED, UNRECOGNIZED -> PeerState.CONNECTED;
        };
    return new PeerActivity(
        state,
        heartbeat.getAlgorithm(),
        mode(heartbeat.getMode()),
        heartbeat.getHashesPerSecond(),
        heartbeat.getHashesTotal(),
        heartbeat.getMemoryAvailableBytes());
  }

  private static @Nullable HashingMode mode(Mode mode) {
    return switch (mode) {
      case MODE_LIGHT -> HashingMode.LIGHT;
      case MODE_FULL -> HashingMode.FULL;
      case MODE_UNSPECIFIED, UNRECOGNIZED -> null;
    };
  }
}
