package io.p2pmining.common.connection;

import com.google.protobuf.MessageLite;
import io.p2pmining.common.frame.ProtocolException;
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

/** Gives each message to the listener's method for it. */
@FunctionalInterface
interface Dispatch {

  void deliver(MessageLite message) throws ProtocolException;

  static Dispatch to(MasterListener listener) {
    return message -> {
      switch (message) {
        case Hello hello -> listener.hello(hello);
        case Capabilities capabilities -> listener.capabilities(capabilities);
        case WorkunitRequest request -> listener.workunitRequest(request);
        case WorkunitProgress progress -> listener.workunitProgress(progress);
        case WorkunitResult result -> listener.workunitResult(result);
        case Heartbeat heartbeat -> listener.heartbeat(heartbeat);
        default -> throw unexpected(message);
      }
    };
  }

  static Dispatch to(WorkerListener listener) {
    return message -> {
      switch (message) {
        case HelloReply reply -> listener.helloReply(reply);
        case PeerList peers -> listener.peerList(peers);
        case WorkunitAssign assign -> listener.workunitAssign(assign);
        case WorkunitAck ack -> listener.workunitAck(ack);
        case WorkunitCancel cancel -> listener.workunitCancel(cancel);
        case Heartbeat heartbeat -> listener.heartbeat(heartbeat);
        default -> throw unexpected(message);
      }
    };
  }

  private static IllegalStateException unexpected(MessageLite message) {
    return new IllegalStateException(
        "the order rules let a message in that nobody takes: " + message.getClass().getName());
  }
}
