package io.p2pmining.master.session;

import com.google.protobuf.MessageLite;
import io.p2pmining.common.connection.Closure;
import io.p2pmining.common.connection.Connection;
import io.p2pmining.common.connection.MasterListener;
import io.p2pmining.common.wire.v1.Capabilities;
import io.p2pmining.common.wire.v1.Error;
import io.p2pmining.common.wire.v1.Heartbeat;
import io.p2pmining.common.wire.v1.Hello;
import io.p2pmining.common.wire.v1.WorkunitProgress;
import io.p2pmining.common.wire.v1.WorkunitRequest;
import io.p2pmining.common.wire.v1.WorkunitResult;
import io.p2pmining.master.peer.PeerActivity;
import io.p2pmining.master.peer.PeerCapabilities;
import io.p2pmining.master.peer.PeerIdentity;
import io.p2pmining.master.peer.PeerRegistry;
import io.p2pmining.master.work.Assignment;
import io.p2pmining.master.work.CancelReason;
import io.p2pmining.master.work.NoWorkReason;
import io.p2pmining.master.work.PeerEvents;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.PeerLink;
import io.p2pmining.master.work.UnitRef;
import io.p2pmining.master.work.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a worker: tells the rest of the master what the worker says, and the worker
 * what the rest of the master answers.
 *
 * <p>What the worker says arrives on the connection's event loop, one message at a time, in the
 * order that the protocol allows. The methods of {@link PeerLink} may be called by any thread.
 */
final class PeerSession implements MasterListener, PeerLink {

  private final Sessions sessions;
  private final PeerRegistry registry;
  private final PeerEvents events;

  /** Set once, before any other thread knows of this session. */
  private @Nullable Connection connection;

  /** Set once by HELLO, before any other thread knows of this session. */
  private @Nullable PeerIdentity identity;

  /** Owned by the event loop. */
  private boolean admitted;

  /** Owned by the event loop. */
  private boolean joined;

  /** Set by the session that takes this one's place, on its event loop. */
  private volatile boolean replaced;

  PeerSession(Sessions sessions, PeerRegistry registry, PeerEvents events) {
    this.sessions = sessions;
    this.registry = registry;
    this.events = events;
  }

  @Override
  public void opened(Connection opened) {
    connection = opened;
    admitted = sessions.admit();
    if (!admitted) {
      opened.refuse(Error.Code.CODE_BUSY, sessions.refusal());
    }
  }

  @Override
  public void hello(Hello hello) {
    identity = Introductions.identity(hello, connection().remoteAddress());
    connection().send(sessions.greeting());
  }

  @Override
  public void capabilities(Capabilities message) {
    PeerCapabilities capabilities = Introductions.capabilities(message);
    if (!joined) {
      joined = true;
      sessions.join(this, capabilities);
    } else if (!replaced) {
      registry.described(peer(), capabilities);
      events.peerReady(capabilities.profileOf(peer()), this);
    }
  }

  @Override
  public void workunitRequest(WorkunitRequest request) {
    if (!replaced) {
      registry.seen(peer());
      events.depthRequested(peer(), request.getDepth(), WorkMessages.held(request));
    }
  }

  @Override
  public void workunitProgress(WorkunitProgress progress) {
    if (!replaced) {
      registry.seen(peer());
      UnitRef ref = new UnitRef(progress.getUnitId(), progress.getLease());
      events.progress(peer(), ref, progress.getSearched(), progress.getHashesPerSecond());
    }
  }

  @Override
  public void workunitResult(WorkunitResult result) {
    // Dropped after a replacement: without an acknowledgement the worker sends it again.
    if (!replaced) {
      registry.seen(peer());
      events.result(peer(), WorkMessages.result(result));
    }
  }

  @Override
  public void heartbeat(Heartbeat heartbeat) {
    if (joined && !replaced) {
      PeerActivity activity = Introductions.activity(heartbeat);
      registry.reported(peer(), activity);
      if (activity.hashesPerSecond() > 0) {
        events.rateReported(peer(), activity.hashesPerSecond());
      }
    }
  }

  @Override
  public void closed(Closure closure) {
    if (admitted) {
      sessions.release();
    }
    if (joined) {
      sessions.leave(this, closure);
    } else if (admitted) {
      sessions.failed(connection(), closure);
    }
  }

  /** Who is at the other end; known once HELLO has come. */
  PeerIdentity identity() {
    return Objects.requireNonNull(identity, "no HELLO yet");
  }

  private PeerId peer() {
    return identity().id();
  }

  Connection connection() {
    return Objects.requireNonNull(connection, "not opened yet");
  }

  /** Another connection speaks for the peer from now on. */
  void replace() {
    replaced = true;
    connection()
        .refuse(Error.Code.CODE_BUSY, "a newer connection of the same node took this one's place");
  }

  @Override
  public void assign(List<Assignment> assignments) {
    WorkMessages.assign(assignments).forEach(connection()::send);
  }

  @Override
  public void noWork(NoWorkReason reason, String detail) {
    connection().send(WorkMessages.noWork(reason, detail));
  }

  @Override
  public void cancel(List<UnitRef> units, CancelReason reason) {
    WorkMessages.cancel(units, reason).forEach(connection()::send);
  }

  @Override
  public void replace(List<UnitRef> units, CancelReason reason, List<Assignment> assignments) {
    List<MessageLite> messages = new ArrayList<>(WorkMessages.cancel(units, reason));
    messages.addAll(WorkMessages.assign(assignments));
    connection().sendTogether(messages);
  }

  @Override
  public void acknowledge(long resultId, Verdict verdict) {
    connection().send(WorkMessages.acknowledge(resultId, verdict));
  }

  @Override
  public void disconnectBusy(String detail) {
    connection().refuse(Error.Code.CODE_BUSY, detail);
  }
}
