package io.p2pmining.common.connection;

import com.google.protobuf.MessageLite;
import io.p2pmining.common.frame.MessageType;
import io.p2pmining.common.frame.ProtocolException;
import io.p2pmining.common.frame.Role;
import io.p2pmining.common.wire.v1.Capabilities;
import io.p2pmining.common.wire.v1.Heartbeat;
import io.p2pmining.common.wire.v1.Hello;
import io.p2pmining.common.wire.v1.HelloReply;
import io.p2pmining.common.wire.v1.PeerList;
import io.p2pmining.common.wire.v1.WorkunitAck;
import io.p2pmining.common.wire.v1.WorkunitAssign;
import io.p2pmining.common.wire.v1.WorkunitCancel;
import io.p2pmining.common.wire.v1.WorkunitProgress;
import io.p2pmining.common.wire.v1.WorkunitRequest;
import io.p2pmining.common.wire.v1.WorkunitResult;
import java.util.ArrayList;
import java.util.List;

/** Listens for either side, remembers all it hears, and answers what it is told to answer. */
public class Recorder implements MasterListener, WorkerListener {

  /** What to do with a message. */
  @FunctionalInterface
  public interface Reaction {
    void to(MessageLite message, Connection connection) throws ProtocolException;
  }

  private final List<MessageLite> heard = new ArrayList<>();
  private final List<Closure> closures = new ArrayList<>();
  private final List<Connection> connections = new ArrayList<>();
  private final Reaction reaction;

  public Recorder() {
    this((message, connection) -> {});
  }

  public Recorder(Reaction reaction) {
    this.reaction = reaction;
  }

  /** The connection that was opened. */
  public Connection connection() {
    return connections.getFirst();
  }

  public List<MessageLite> heard() {
    return heard;
  }

  public List<Closure> closures() {
    return closures;
  }

  private void hear(MessageLite message) throws ProtocolException {
    heard.add(message);
    reaction.to(message, connection());
  }

  @Override
  public void opened(Connection connection) {
    connections.add(connection);
  }

  @Override
  public void closed(Closure closure) {
    closures.add(closure);
  }

  @Override
  public void receive(MessageLite message) throws ProtocolException {
    if (MessageType.of(message).senders().contains(Role.WORKER)) {
      MasterListener.super.receive(message);
    } else {
      WorkerListener.super.receive(message);
    }
  }

  @Override
  public void hello(Hello hello) throws ProtocolException {
    hear(hello);
  }

  @Override
  public void capabilities(Capabilities capabilities) throws ProtocolException {
    hear(capabilities);
  }

  @Override
  public void workunitRequest(WorkunitRequest request) throws ProtocolException {
    hear(request);
  }

  @Override
  public void workunitProgress(WorkunitProgress progress) throws ProtocolException {
    hear(progress);
  }

  @Override
  public void workunitResult(WorkunitResult result) throws ProtocolException {
    hear(result);
  }

  @Override
  public void helloReply(HelloReply reply) throws ProtocolException {
    hear(reply);
  }

  @Override
  public void peerList(PeerList peers) throws ProtocolException {
    hear(peers);
  }

  @Override
  public void workunitAssign(WorkunitAssign assign) throws ProtocolException {
    hear(assign);
  }

  @Override
  public void workunitAck(WorkunitAck ack) throws ProtocolException {
    hear(ack);
  }

  @Override
  public void workunitCancel(WorkunitCancel cancel) throws ProtocolException {
    hear(cancel);
  }

  @Override
  public void heartbeat(Heartbeat heartbeat) throws ProtocolException {
    hear(heartbeat);
  }
}
