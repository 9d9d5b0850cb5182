package io.p2pmining.common.connection;

import com.google.protobuf.MessageLite;
import io.p2pmining.common.frame.ProtocolException;
import io.p2pmining.common.wire.v1.Heartbeat;

/**
 * What both sides hear of one connection. Each connection has a listener of its own.
 *
 * <p>Every method is called on the connection's event loop, one call at a time, and must not block.
 * Messages arrive in the order in which they were sent, each in an order and with fields that the
 * protocol allows. A method that throws {@link ProtocolException} ends the connection with that
 * ERROR; anything else thrown is logged as a bug and ends the connection with ERROR INTERNAL.
 */
public interface ConnectionListener {

  /** The connection stands; the first call. A worker says HELLO here. */
  void opened(Connection connection);

  /**
   * Gives a message to the method for it. Part of how the protocol works, not of what a listener
   * does: not meant to be overridden.
   */
  void receive(MessageLite message) throws ProtocolException;

  /** The peer lives. */
  default void heartbeat(Heartbeat heartbeat) throws ProtocolException {}

  /**
   * It is time to send a heartbeat. The sequence and the time of sending are filled in by the
   * connection.
   */
  default Heartbeat nextHeartbeat() {
    return Heartbeat.getDefaultInstance();
  }

  /** The connection is gone; the last call, once for every call of {@link #opened}. */
  void closed(Closure closure);
}
