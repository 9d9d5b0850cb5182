package io.p2pmining.common.connection;

import io.p2pmining.common.frame.ProtocolException;
import io.p2pmining.common.wire.v1.Capabilities;
import io.p2pmining.common.wire.v1.Hello;
import io.p2pmining.common.wire.v1.WorkunitProgress;
import io.p2pmining.common.wire.v1.WorkunitRequest;
import io.p2pmining.common.wire.v1.WorkunitResult;

/** What a master hears from one worker. */
public interface MasterListener extends ConnectionListener {

  /** To be answered with a HELLO_REPLY; the worker speaks a version that this program speaks. */
  void hello(Hello hello) throws ProtocolException;

  /** After the handshake, and again whenever something in it changes. */
  void capabilities(Capabilities capabilities) throws ProtocolException;

  void workunitRequest(WorkunitRequest request) throws ProtocolException;

  void workunitProgress(WorkunitProgress progress) throws ProtocolException;

  /** To be answered with a WORKUNIT_ACK once the result is safe, also if it came before. */
  void workunitResult(WorkunitResult result) throws ProtocolException;
}
