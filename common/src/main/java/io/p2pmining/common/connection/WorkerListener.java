package io.p2pmining.common.connection;

import com.google.protobuf.MessageLite;
import io.p2pmining.common.frame.ProtocolException;
import io.p2pmining.common.wire.v1.Heartbeat;
import io.p2pmining.common.wire.v1.HelloReply;
import io.p2pmining.common.wire.v1.PeerList;
import io.p2pmining.common.wire.v1.WorkunitAck;
import io.p2pmining.common.wire.v1.WorkunitAssign;
import io.p2pmining.common.wire.v1.WorkunitCancel;

/** What a worker hears from its master. */
public interface WorkerListener extends ConnectionListener {

  @Override
  default void receive(MessageLite message) throws ProtocolException {
    switch (message) {
      case HelloReply reply -> helloReply(reply);
      case PeerList peers -> peerList(peers);
      case WorkunitAssign assign -> workunitAssign(assign);
      case WorkunitAck ack -> workunitAck(ack);
      case WorkunitCancel cancel -> workunitCancel(cancel);
      case Heartbeat heartbeat -> heartbeat(heartbeat);
      default -> throw new IllegalStateException("no master sends " + message.getClass());
    }
  }

  /** To be followed by CAPABILITIES; the master chose a version that was offered to it. */
  void helloReply(HelloReply reply) throws ProtocolException;

  void peerList(PeerList peers) throws ProtocolException;

  void workunitAssign(WorkunitAssign assign) throws ProtocolException;

  void workunitAck(WorkunitAck ack) throws ProtocolException;

  void workunitCancel(WorkunitCancel cancel) throws ProtocolException;
}
