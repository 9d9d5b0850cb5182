package io.p2pmining.worker.master;

import com.google.protobuf.MessageLite;
import io.p2pmining.common.connection.Closure;
import io.p2pmining.common.connection.Connection;
import io.p2pmining.common.connection.WorkerListener;
import io.p2pmining.common.node.NodeId;
import io.p2pmining.common.wire.v1.Heartbeat;
import io.p2pmining.common.wire.v1.HelloReply;
import io.p2pmining.common.wire.v1.PeerList;
import io.p2pmining.common.wire.v1.WorkunitAck;
import io.p2pmining.common.wire.v1.WorkunitAssign;
import io.p2pmining.common.wire.v1.WorkunitCancel;
import io.p2pmining.worker.work.MasterLink;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the master: says who this worker is and what it can, then carries work to the
 * desk and results to the master. The listener's methods are called on the connection's event loop.
 */
final class MasterSession implements WorkerListener, MasterLink {

  private final SessionContext context;
  private final CompletableFuture<Closure> ended = new CompletableFuture<>();

  /** Set before anyone else sees this session. */
  private volatile @Nullable Connection connection;

  private volatile boolean ready;

  MasterSession(SessionContext context) {
    this.context = context;
  }

  @Override
  public void opened(Connection connection) {
    this.connection = connection;
    connection.send(context.introduction().hello());
  }

  @Override
  public void helloReply(HelloReply reply) {
    send(context.introduction().capabilities());
    ready = true;
    context.events().joined(connection(), reply);
    context.desk().attach(this, NodeId.of(reply.getNodeId()), reply.getMaxDepth());
  }

  @Override
  public void peerList(PeerList peers) {
    context.peers().learn(peers, connection().remoteAddress());
  }

  @Override
  public void workunitAssign(WorkunitAssign assign) {
    context.desk().assign(assign);
  }

  @Override
  public void workunitAck(WorkunitAck ack) {
    context.desk().acknowledge(ack);
  }

  @Override
  public void workunitCancel(WorkunitCancel cancel) {
    context.desk().cancel(cancel);
  }

  @Override
  public Heartbeat nextHeartbeat() {
    return context.activity().get();
  }

  @Override
  public void send(MessageLite message) {
    connection().send(message);
  }

  @Override
  public void closed(Closure closure) {
    context.desk().detach(this);
    ended.complete(closure);
  }

  /** Whether the master has accepted this worker. */
  boolean wasReady() {
    return ready;
  }

  /** Says goodbye; {@link #ended} tells when the connection is gone. */
  void leave(String reason) {
    Connection open = connection;
    if (open != null) {
      open.leave(reason, false);
    }
  }

  /** Completed with the reason when the connection is gone; never fails. */
  CompletableFuture<Closure> ended() {
    return ended;
  }

  private Connection connection() {
    Connection open = connection;
    if (open == null) {
      throw new IllegalStateException("nothing is sent or received before the connection stands");
    }
    return open;
  }
}
