package io.p2pmining.common.connection;

import com.google.protobuf.MessageLite;
import io.p2pmining.common.frame.ProtocolException;
import io.p2pmining.common.wire.v1.Capabilities;
import io.p2pmining.common.wire.v1.Heartbeat;
import io.p2pmining.common.wire.v1.Hello;
import io.p2pmining.common.wire.v1.WorkunitProgress;
import io.p2pmining.common.wire.v1.WorkunitRequest;
import io.p2pmining.common.wire.v1.WorkunitResult;

/** What a master hears from one worker. */
public interface MasterListener extends ConnectionListener {

  @Override
  default void receive(MessageLite message) throws ProtocolException {
    switch (message) {
      case Hello hello -> hello(hello);
      case Capabilities capabilities -> capabilities(capabilities);
      case WorkunitRequest request -> workunitRequest(request);
      case WorkunitProgress progress -> workunitProgress(progress);
      case WorkunitResult result -> workunitResult(result);
      case Heartbeat heartbeat -> heartbeat(heartbeat);
      default -> throw new IllegalStateException("no worker sends " + message.getClass());
    }
  }

  /** To be answered with a HELLO_REPLY; the worker speaks a version that this program speaks. */
  void hello(Hello hello) throws ProtocolException;

  /** After the handshake, and again whenever something in it changes. */
  void capabilities(Capabilities capabilities) throws ProtocolException;

  void workunitRequest(WorkunitRequest request) throws ProtocolException;

  void workunitProgress(WorkunitProgress progress) throws ProtocolException;

  /** To be answered with a WORKUNIT_ACK once the result is safe, also if it came before. */
  void workunitResult(WorkunitResult result) throws ProtocolException;
}
